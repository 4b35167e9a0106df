/**
 * Segments of a path that may name a person or a thing: numbers, long ones (UUIDs, tokens), hex,
 * and whatever had to be escaped.
 */
const IDENTIFIER = /^\d+$|\d{4}|[@%=]|^[\da-f]{12,}$|.{33}/i

/** Paths are what a page is called by, and must fit a report. */
const LONGEST = 100

/** Where an address leads: its path, and of its fragment the path that routers keep there (`#/calls`). */
export const pathOf = ({ pathname, hash }: { pathname: string; hash: string }): string =>
  pathname + (/^#!?\//.test(hash) ? hash.split('?')[0] : '')

/** A path without anything that tells who is there: `/calls/:id`. */
export const pageOf = (path: string): string =>
  path
    .split('/')
    .map((segment) => (IDENTIFIER.test(segment) ? ':id' : segment))
    .join('/')
    .slice(0, LONGEST)
