/**
 * Titles of the namespaces that the simulated organisation has, by their real names (facts §1.2).
 * `supportability` has no limit.
 */
export const NAMESPACES: Readonly<Record<string, string>> = {
  notifications: 'Notifications',
  'platform.api': 'Platform API',
  dataactions: 'Data actions',
  audiohook: 'AudioHook',
  'web.messaging': 'Web messaging',
  quality: 'Quality',
  'telephony.configuration': 'Telephony configuration',
  analytics: 'Analytics',
  'analytics.realtime': 'Real-time analytics',
  architect: 'Architect',
  'auth.api': 'Authentication API',
  bots: 'Bots',
  'bots.voice': 'Voice bots',
  cobrowse: 'Co-browse',
  conversation: 'Conversations',
  'external.contacts': 'External contacts',
  knowledge: 'Knowledge',
  'media.communications': 'Media communications',
  messaging: 'Messaging',
  outbound: 'Outbound',
  recording: 'Recording',
  routing: 'Routing',
  'screen.monitoring': 'Screen monitoring',
  supportability: 'Supportability',
  'web.deployments': 'Web deployments',
  webchat: 'Web chat',
}
