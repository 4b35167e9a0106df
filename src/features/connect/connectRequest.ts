/** What is needed to sign in to an organisation. */
export type ConnectRequest = { domain: string; clientId: string; feedUrl: string | null }

/** Why a sign-in did not work, and what helps: whole sentences. */
export type ConnectProblem = { problem: string; remedy: string }
