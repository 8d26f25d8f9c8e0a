/** Power of the frequencies of windows of one size, from 0 up to half the sample rate. */
export interface Spectrum {
  readonly bins: number;
  /** Writes the power of each bin of the window that begins there. */
  read(samples: Float32Array, from: number, power: Float32Array): void;
}

/** Radix-2 FFT of a Hann window; the size is a power of two. */
export function spectrumOf(size: number): Spectrum {
  const real = new Float64Array(size);
  const imaginary = new Float64Array(size);
  const hann = Float64Array.from(
    { length: size },
    (_, at) => 0.5 - 0.5 * Math.cos((2 * Math.PI * at) / size),
  );
  const cosines = Float64Array.from({ length: size / 2 }, (_, at) => Math.cos((2 * Math.PI * at) / size));
  const sines = Float64Array.from({ length: size / 2 }, (_, at) => -Math.sin((2 * Math.PI * at) / size));
  const reversed = bitReversed(size);
  return {
    bins: size / 2,
    read(samples, from, power) {
      for (let at = 0; at < size; at += 1) {
        real[reversed[at] ?? 0] = (samples[from + at] ?? 0) * (hann[at] ?? 0);
        imaginary[at] = 0;
      }
      for (let half = 1; half < size; half *= 2) butterflies(real, imaginary, cosines, sines, half);
      for (let bin = 0; bin < size / 2; bin += 1)
        power[bin] = (real[bin] ?? 0) ** 2 + (imaginary[bin] ?? 0) ** 2;
    },
  };
}

function bitReversed(size: number): Uint32Array {
  const reversed = new Uint32Array(size);
  for (let at = 1; at < size; at += 1)
    reversed[at] = ((reversed[at >> 1] ?? 0) >> 1) | ((at & 1) === 1 ? size >> 1 : 0);
  return reversed;
}

/** Joins all pairs of transforms of half a length into transforms of the whole. */
function butterflies(
  real: Float64Array,
  imaginary: Float64Array,
  cosines: Float64Array,
  sines: Float64Array,
  half: number,
): void {
  const stride = real.length / (2 * half);
  for (let start = 0; start < real.length; start += 2 * half) {
    for (let at = 0; at < half; at += 1) {
      const [low, high] = [start + at, start + at + half];
      const [c, s] = [cosines[at * stride] ?? 0, sines[at * stride] ?? 0];
      const [highReal, highImaginary] = [real[high] ?? 0, imaginary[high] ?? 0];
      const turnedReal = highReal * c - highImaginary * s;
      const turnedImaginary = highReal * s + highImaginary * c;
      real[high] = (real[low] ?? 0) - turnedReal;
      imaginary[high] = (imaginary[low] ?? 0) - turnedImaginary;
      real[low] = (real[low] ?? 0) + turnedReal;
      imaginary[low] = (imaginary[low] ?? 0) + turnedImaginary;
    }
  }
}
