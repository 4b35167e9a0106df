import { useLayoutEffect, useState } from 'react'

/** The content size of an element in CSS pixels; null until it is laid out. Renders on a change of size only. */
export function useElementSize(
  element: HTMLElement | null,
): { width: number; height: number } | null {
  const [size, setSize] = useState<{ width: number; height: number } | null>(null)
  useLayoutEffect(() => {
    if (!element) return
    const measure = () =>
      setSize((before) => {
        const { clientWidth: width, clientHeight: height } = element
        if (width === 0 || height === 0) return null
        return before?.width === width && before.height === height ? before : { width, height }
      })
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [element])
  return size
}
