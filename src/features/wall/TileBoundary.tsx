import { Component, type ReactNode } from 'react'

type Props = {
  /** What stands in the place of a tile that failed. */
  fallback: ReactNode
  children: ReactNode
}

const FIRST_RETRY_MS = 10_000
const LONGEST_RETRY_MS = 300_000

type State = { hasFailed: boolean }

/**
 * Keeps what happens in one tile from the others, and tries it again by itself: after ten seconds, then after
 * twice as long each time. React has no other way to catch what a component throws.
 */
export class TileBoundary extends Component<Props, State> {
  override state: State = { hasFailed: false }
  private waitMs = FIRST_RETRY_MS
  private timer: ReturnType<typeof setTimeout> | undefined

  static getDerivedStateFromError(): State {
    return { hasFailed: true }
  }

  override componentDidCatch() {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.setState({ hasFailed: false }), this.waitMs)
    this.waitMs = Math.min(2 * this.waitMs, LONGEST_RETRY_MS)
  }

  override componentWillUnmount() {
    clearTimeout(this.timer)
  }

  override render() {
    return this.state.hasFailed ? this.props.fallback : this.props.children
  }
}
