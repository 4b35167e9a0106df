/** Name and password, up to the last `@`, are no part of the host: a password may hold one, too. */
const HOST = /^(?:https?|wss?):\/\/(?:[^/?#]*@)?([^/?#@]+)/i

/** The host (and port) that an address names, in small letters; empty where it is no address of the web. */
export const hostIn = (url: string): string => HOST.exec(url)?.[1]?.toLowerCase() ?? ''
