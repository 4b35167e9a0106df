/**
 * The discrete Fourier transform Σ z[k]·e^(−2πi·jk/n) of a complex column, in place (radix 2,
 * decimation in time).
 *
 * Both halves have the same length, a power of two (1 included); nothing is scaled. The inverse is
 * the same call with the halves exchanged, `fft(im, re)`, divided by n. Cost O(n log n).
 * Source: Cooley & Tukey 1965, doi:10.1090/S0025-5718-1965-0178586-1.
 */
export function fft(re: Float64Array, im: Float64Array): void {
  const n = re.length
  reverseBits(re, im)
  const cos = new Float64Array(n / 2)
  const sin = new Float64Array(n / 2)
  // Each factor from its own angle: a running product would lose digits with every step.
  for (let k = 0; k < n / 2; k++) {
    cos[k] = Math.cos((2 * Math.PI * k) / n)
    sin[k] = -Math.sin((2 * Math.PI * k) / n)
  }
  for (let half = 1; half < n; half *= 2) {
    const stride = n / (2 * half)
    for (let start = 0; start < n; start += 2 * half) {
      for (let k = 0; k < half; k++) {
        const upper = start + k
        const lower = upper + half
        const c = cos[k * stride]!
        const s = sin[k * stride]!
        const real = re[lower]! * c - im[lower]! * s
        const imaginary = re[lower]! * s + im[lower]! * c
        re[lower] = re[upper]! - real
        im[lower] = im[upper]! - imaginary
        re[upper] = re[upper]! + real
        im[upper] = im[upper]! + imaginary
      }
    }
  }
}

/** Puts every entry where the bits of its index, read backwards, say. */
function reverseBits(re: Float64Array, im: Float64Array) {
  const n = re.length
  for (let i = 1, j = 0; i < n; i++) {
    let bit = n >> 1
    for (; j & bit; bit >>= 1) j ^= bit
    j ^= bit
    if (i >= j) continue
    const real = re[i]!
    const imaginary = im[i]!
    re[i] = re[j]!
    im[i] = im[j]!
    re[j] = real
    im[j] = imaginary
  }
}
