import type { Observation } from '#domain/observation.ts'
import type { OrgId, SourceId } from '#domain/units.ts'
import type { TabChannel } from '#sources/tabSecret.ts'
import type { Timer } from './clock.ts'
import { createLeadership, type Locks } from './leadership.ts'
import { openTabLine, type SharedFacts, type TabMessage } from './tabMessages.ts'

type Options = {
  org: OrgId
  locks: Locks | null
  channel: TabChannel | null
  timer: Timer
  /** Whether this tab could ask the organisation: somebody is signed in, or nobody needs to be. */
  canReach: () => boolean
  /** This tab asks from now on. */
  gained: () => void
  /** Another tab may ask from now on. */
  lost: () => void
  /** What a tab that reads along is told of how the polling goes. */
  shared: () => SharedFacts
  /** What a tab that comes now cannot read from the history. */
  unwritten: () => Promise<Observation>
  /** Heard from the tab that asks; never called while this one does. */
  follow: (shared: SharedFacts) => void
  /** The tab that asks has answered a tab that came: the history holds what it had until then. */
  welcomed: () => void
  observed: (observation: Observation, source: SourceId | null) => void
  unmarked: (id: string) => void
  tryNow: (source: SourceId) => void
  /** The tab that asked has stopped, and another one may not have begun. */
  rested: () => void
  /** A tab of another build watches this organisation, too: neither understands the other. */
  otherBuild: () => void
}

/** Not with the flush of the screen: a hidden page, which may well be the one that asks, hardly has any. */
const SHARED_WITHIN_MS = 100
/** How often a tab that knows of no other tells how it goes, should one be there all the same. */
const SHARED_ALONE_MS = 10_000
/** A tab that asks and has not answered for so long does not know of this one. */
const UNWELCOME_AFTER_MS = 2_000

/**
 * The tabs that watch one organisation: one asks, the others read along, and any of them can take
 * over. Tabs of one browser share its network, so only the sign-in decides whether one can reach the
 * organisation: a polling tab in which nobody is signed in gives way to one in which somebody is.
 *
 * A tab that has never heard of another keeps what it observes to itself: copying it for nobody costs
 * as much as polling does. Who reads along has made itself known, and says hello again to a tab
 * that asks and does not answer (it came while this one was idle).
 */
export function createOrgTabs(options: Options) {
  const { org, locks, channel, timer, canReach, shared } = options
  const line = openTabLine(channel, org, { hear: heard, hearOtherBuild })
  const leadership = createLeadership({
    name: `tidemark:${org}`,
    locks,
    gained: options.gained,
    lost() {
      options.lost()
      line.tell({ kind: 'rested' })
    },
  })
  let told: SharedFacts | null = null
  let cancelShare: (() => void) | null = null
  let hasCompany = false
  let isWelcome = false
  let cancelHello: (() => void) | null = null

  const sayHello = () => line.tell({ kind: 'hello', canReach: canReach() })

  function heard(message: TabMessage) {
    meet()
    hear(message)
  }

  function hearOtherBuild() {
    meet()
    options.otherBuild()
  }

  /** There is another tab. What it would have been told at leisure it is told soon. */
  function meet() {
    if (hasCompany) return
    hasCompany = true
    cancelShare?.()
    cancelShare = null
    share()
  }

  /** Of a tab that asks. */
  function heardFacts(facts: SharedFacts) {
    options.follow(facts)
    if (isWelcome) return
    cancelHello ??= timer.after(UNWELCOME_AFTER_MS, () => {
      cancelHello = null
      if (!isWelcome && !leadership.isLeading()) sayHello()
    })
  }

  function hear(message: TabMessage) {
    switch (message.kind) {
      case 'hello':
        if (leadership.isLeading()) void welcome()
        if (message.canReach) giveWay()
        break
      case 'canReach':
        giveWay()
        break
      case 'welcome':
        isWelcome = true
        options.observed(message.recent, null)
        if (leadership.isLeading()) break
        options.follow(message.facts)
        options.welcomed()
        break
      case 'facts':
        if (!leadership.isLeading()) heardFacts(message.facts)
        break
      case 'observed':
        options.observed(message.observation, message.source)
        break
      case 'unmarked':
        options.unmarked(message.id)
        break
      case 'tryNow':
        options.tryNow(message.source)
        break
      case 'rested':
        isWelcome = false
        options.rested()
    }
  }

  async function welcome() {
    const recent = await options.unwritten()
    line.tell({ kind: 'welcome', facts: shared(), recent })
  }

  function giveWay() {
    if (leadership.isLeading() && !canReach()) leadership.letOthers()
  }

  /** Tells the others how the polling goes, a little later, so that one message holds what comes together. */
  function share() {
    if (!leadership.isLeading()) return
    const isAlone = told !== null && !hasCompany
    cancelShare ??= timer.after(isAlone ? SHARED_ALONE_MS : SHARED_WITHIN_MS, shareNow)
  }

  function shareNow() {
    cancelShare = null
    const facts = shared()
    if (!leadership.isLeading() || (told && isSame(told, facts))) return
    told = facts
    line.tell({ kind: 'facts', facts })
  }

  return {
    /** Looks for the others and queues up for asking. */
    join() {
      sayHello()
      leadership.setCanLead(true)
    },
    isLeading: () => leadership.isLeading(),
    setCanLead: (canLead: boolean) => leadership.setCanLead(canLead),
    /** Tells of something recorded here, or taken back, or to be tried. */
    tell(message: TabMessage) {
      if (hasCompany) line.tell(message)
    },
    /** Tells that this tab could ask, now that somebody is signed in. */
    offer() {
      if (!leadership.isLeading()) line.tell({ kind: 'canReach' })
    },
    share,
    leave() {
      cancelShare?.()
      cancelHello?.()
      leadership.stop()
      line.close()
    },
  }
}

const isSame = (a: SharedFacts, b: SharedFacts) =>
  a.sources === b.sources &&
  a.footprint === b.footprint &&
  a.clock === b.clock &&
  a.session === b.session
