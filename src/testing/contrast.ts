type Rgb = readonly [number, number, number]

const channels = (hex: string): Rgb => {
  const value = Number.parseInt(hex.slice(1), 16)
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255]
}

const hexOf = (rgb: Rgb) =>
  `#${rgb.map((channel) => Math.round(channel).toString(16).padStart(2, '0')).join('')}`

/** sRGB channel (0–255) to linear light (0–1). */
function linear(channel: number): number {
  const share = channel / 255
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
}

/** Relative luminance, 0–1. Source: WCAG 2.2, "relative luminance". */
export function luminance(hex: string): number {
  const [red, green, blue] = channels(hex)
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
}

/** Contrast ratio, 1–21. Source: WCAG 2.2, "contrast ratio". */
export function contrast(one: string, other: string): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (light! + 0.05) / (dark! + 0.05)
}

/** The opaque colour that a tint makes over a ground. */
export function over(ground: string, colour: string, alpha: number): string {
  const below = channels(ground)
  const above = channels(colour)
  const mixed = below.map((channel, i) => channel * (1 - alpha) + above[i]! * alpha)
  return hexOf(mixed as unknown as Rgb)
}

/** Ways of seeing colour that are simulated: all cones, or without red, green or blue ones. */
export type Vision = 'normal' | 'protan' | 'deutan' | 'tritan'

/** Severity 1. Source: Machado, Oliveira, Fernandes 2009, doi:10.1109/TVCG.2009.113. */
const MACHADO: Readonly<Record<Vision, readonly (readonly number[])[]>> = {
  normal: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protan: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deutan: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritan: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
}

/** CIE 1976 L*a*b* under D65, of a colour as somebody with that vision sees it. */
function labOf(hex: string, vision: Vision): Rgb {
  const light = channels(hex).map(linear)
  const seen = MACHADO[vision].map((row) =>
    Math.min(
      1,
      Math.max(
        0,
        row.reduce((sum, share, i) => sum + share * light[i]!, 0),
      ),
    ),
  )
  const [red, green, blue] = seen as [number, number, number]
  const f = (t: number) => (t > 216 / 24389 ? Math.cbrt(t) : (24389 / 27) * (t / 116) + 16 / 116)
  const x = f((0.4124564 * red + 0.3575761 * green + 0.1804375 * blue) / 0.95047)
  const y = f(0.2126729 * red + 0.7151522 * green + 0.072175 * blue)
  const z = f((0.0193339 * red + 0.119192 * green + 0.9503041 * blue) / 1.08883)
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)]
}

/** How different two colours look: CIE76 ΔE, where about 2 is just noticeable. */
export function difference(one: string, other: string, vision: Vision): number {
  const a = labOf(one, vision)
  const b = labOf(other, vision)
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2])
}
