/** How many digits of a job's id are kept: 96 bits, so no two jobs share all. */
const DIGITS = 8
const WORDS = 3
const FIRST_CAPACITY = 1 << 12
const MAX_LOAD = 0.75

/** Where the numbers are kept: small ones, or points in time. */
type Values = Uint8Array | Float64Array

const small = (length: number): Values => new Uint8Array(length)

/** Makes room for points in time, in milliseconds. */
export const times = (length: number): Values => new Float64Array(length)

/**
 * A number per job, for millions of jobs: open addressing in typed arrays, 13 bytes a place unless the
 * numbers are points in time. A job's id is an HMAC, and so is its own hash.
 */
export class JobTable {
  readonly #make: (length: number) => Values
  #capacity = FIRST_CAPACITY
  #keys = new Uint32Array(FIRST_CAPACITY * WORDS)
  #values: Values
  #size = 0

  /** @param make what keeps the numbers: 1 to 255 by default. */
  constructor(make: (length: number) => Values = small) {
    this.#make = make
    this.#values = make(FIRST_CAPACITY)
  }

  /** How many jobs have a number. */
  get size(): number {
    return this.#size
  }

  /** The number of a job; 0 where it has none. */
  get(id: string): number {
    return this.#values[this.#placeOf(wordsOf(id))] ?? 0
  }

  /** Gives a job a number, which must not be 0. */
  set(id: string, value: number): void {
    if (this.#size >= this.#capacity * MAX_LOAD) this.#grow()
    this.#put(wordsOf(id), value)
  }

  #put(words: readonly number[], value: number): void {
    const place = this.#placeOf(words)
    if (this.#values[place] === 0) {
      this.#size += 1
      this.#keys.set(words, place * WORDS)
    }
    this.#values[place] = value
  }

  /** The place of a key, or the free one where it would go. */
  #placeOf([first = 0, second = 0, third = 0]: readonly number[]): number {
    const mask = this.#capacity - 1
    let place = first & mask
    while (this.#values[place] !== 0) {
      const at = place * WORDS
      const isSame =
        this.#keys[at] === first && this.#keys[at + 1] === second && this.#keys[at + 2] === third
      if (isSame) break
      place = (place + 1) & mask
    }
    return place
  }

  #grow(): void {
    const [keys, values] = [this.#keys, this.#values]
    this.#capacity *= 2
    this.#keys = new Uint32Array(this.#capacity * WORDS)
    this.#values = this.#make(this.#capacity)
    this.#size = 0
    for (const [place, value] of values.entries()) {
      if (value !== 0)
        this.#put(Array.from(keys.subarray(place * WORDS, (place + 1) * WORDS)), value)
    }
  }
}

/** The words of an id that are compared. */
function wordsOf(id: string): readonly number[] {
  return [0, 1, 2].map((word) => Number.parseInt(id.slice(word * DIGITS, (word + 1) * DIGITS), 16))
}
