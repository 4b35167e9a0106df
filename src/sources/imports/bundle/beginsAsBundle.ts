import { BUNDLE_MARK } from '../../exports/bundle/bundleFormat.ts'

const MARK = new RegExp(`^<!doctype html>[\\s\\S]{0,1000}<meta name="${BUNDLE_MARK}"`, 'i')

/** Whether a text begins as a bundle does. */
export const beginsAsBundle = (head: string) => MARK.test(head.trimStart())
