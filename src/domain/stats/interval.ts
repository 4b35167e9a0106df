/**
 * A number and the interval it may as well be. Which confidence it has is said where it is made.
 */
export type Interval = { readonly value: number; readonly low: number; readonly high: number }
