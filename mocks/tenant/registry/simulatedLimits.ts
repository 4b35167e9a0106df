import { CONNECTION_LIMIT } from '../../model/limits.ts'
import { CHANNELS_PER_USER_AND_APP, TOPICS_PER_CHANNEL } from '../channels.ts'
import { type LimitTraits, type RegistryLimit, registryLimit } from './registryLimit.ts'

const TRACKED: LimitTraits = { trackable: true }
const ASKED_FOR: LimitTraits = { configurable: true }
const BOTH: LimitTraits = { trackable: true, configurable: true }
const HIDDEN: LimitTraits = { isUndocumented: true }

/** Every key that is made up begins so, lest it be taken for one of the real registry. */
const SIMULATED_PREFIX = 'simulated.'

const made = (
  namespace: string,
  key: string,
  defaultValue: number,
  description: string,
  traits: LimitTraits = {},
) =>
  registryLimit(
    namespace,
    SIMULATED_PREFIX + key,
    defaultValue,
    `${description} (made up by the simulator)`,
    traits,
  )

/** Limits that nobody has seen: keys, values and traits are made up. The cap on connections is first. */
export const SIMULATED_LIMITS: readonly RegistryLimit[] = [
  registryLimit(
    CONNECTION_LIMIT.namespace,
    CONNECTION_LIMIT.key,
    1000,
    'Concurrent connections of the organization (made up by the simulator)',
    BOTH,
  ),
  made(
    'notifications',
    'channels.per.user.and.app.max',
    CHANNELS_PER_USER_AND_APP,
    'Notification channels per user and application',
  ),
  made('notifications', 'topics.per.channel.max', TOPICS_PER_CHANNEL, 'Topics of one channel'),
  made('notifications', 'sockets.per.channel.max', 1, 'Sockets of one channel', HIDDEN),
  made('analytics', 'queries.concurrent.max', 50, 'Queries at one time', TRACKED),
  made('analytics', 'dashboards.per.user.max', 200, 'Dashboards per user'),
  made('analytics.realtime', 'observation.rate.per.minute', 300, 'Observations per minute', BOTH),
  made('analytics.realtime', 'subscriptions.per.user.max', 50, 'Subscriptions per user'),
  made('architect', 'flow.executions.concurrent.max', 2000, 'Flows running at one time', BOTH),
  made('architect', 'flows.max', 10_000, 'Flows', ASKED_FOR),
  made('architect', 'prompts.max', 5000, 'Prompts'),
  made('auth.api', 'logins.rate.per.minute', 600, 'Sign-ins per minute', TRACKED),
  made('auth.api', 'tokens.per.user.max', 100, 'Tokens of one user'),
  made('auth.api', 'oauth.clients.max', 300, 'OAuth clients', ASKED_FOR),
  made('bots', 'sessions.concurrent.max', 500, 'Bot sessions at one time', BOTH),
  made('bots', 'bots.max', 100, 'Bots'),
  made('bots.voice', 'sessions.concurrent.max', 200, 'Voice bot sessions at one time', BOTH),
  made('bots.voice', 'utterance.seconds.max', 120, 'Seconds of one utterance'),
  made('cobrowse', 'sessions.concurrent.max', 150, 'Co-browse sessions at one time', TRACKED),
  made('conversation', 'conversations.concurrent.max', 5000, 'Conversations at one time', BOTH),
  made('conversation', 'participants.per.conversation.max', 100, 'Participants of a conversation'),
  made('conversation', 'transfers.per.conversation.max', 50, 'Transfers of a conversation', HIDDEN),
  made('external.contacts', 'contacts.max', 5_000_000, 'Contacts', ASKED_FOR),
  made('external.contacts', 'bulk.rate.per.minute', 60, 'Bulk requests per minute', TRACKED),
  made('knowledge', 'articles.max', 10_000, 'Articles'),
  made('knowledge', 'bases.max', 100, 'Knowledge bases', ASKED_FOR),
  made('media.communications', 'calls.concurrent.max', 1000, 'Calls at one time', BOTH),
  made(
    'media.communications',
    'webrtc.sessions.concurrent.max',
    1000,
    'WebRTC sessions at one time',
    TRACKED,
  ),
  made('messaging', 'sessions.concurrent.max', 3000, 'Messaging sessions at one time', BOTH),
  made('messaging', 'inbound.rate.per.minute', 6000, 'Inbound messages per minute', TRACKED),
  made('messaging', 'attachment.bytes.max', 25_000_000, 'Bytes of one attachment'),
  made('outbound', 'campaigns.running.max', 100, 'Campaigns running at one time', ASKED_FOR),
  made('outbound', 'contact.lists.max', 1000, 'Contact lists'),
  made('outbound', 'calls.rate.per.minute', 1800, 'Dialled calls per minute', TRACKED),
  made('quality', 'forms.max', 500, 'Evaluation forms'),
  made('recording', 'screen.sessions.concurrent.max', 200, 'Screens recorded at a time', BOTH),
  made('recording', 'retention.days.max', 3650, 'Days that a recording is kept'),
  made('routing', 'queues.max', 5000, 'Queues', ASKED_FOR),
  made('routing', 'members.per.queue.max', 5000, 'Members of one queue'),
  made('routing', 'skills.per.user.max', 250, 'Skills of one user'),
  made('routing', 'wait.estimates.rate.per.minute', 600, 'Wait estimates per minute', HIDDEN),
  made('screen.monitoring', 'sessions.concurrent.max', 50, 'Screens watched at a time', TRACKED),
  made('telephony.configuration', 'stations.max', 50_000, 'Stations'),
  made('telephony.configuration', 'trunks.max', 500, 'Trunks'),
  made('telephony.configuration', 'sites.max', 1000, 'Sites', ASKED_FOR),
  made('telephony.configuration', 'edge.groups.max', 100, 'Edge groups', HIDDEN),
  made('web.deployments', 'deployments.max', 100, 'Deployments', ASKED_FOR),
  made('web.deployments', 'configurations.max', 200, 'Configurations'),
  made('web.messaging', 'guest.sessions.concurrent.max', 2000, 'Guest sessions at one time', BOTH),
  made('web.messaging', 'guest.message.bytes.max', 65_536, 'Bytes of one message', HIDDEN),
  made('webchat', 'sessions.concurrent.max', 500, 'Chat sessions at one time', TRACKED),
]
