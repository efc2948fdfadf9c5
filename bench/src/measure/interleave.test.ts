import { expect, onTestFinished, test, vi } from 'vitest'

import { interleave, type Contender } from './interleave.ts'

/** Costs one more each time, and fails at a turn. */
function contender(name: string, failsAt = Infinity): Contender & { turns: () => number } {
  let turns = 0
  return {
    name,
    role: 'peer',
    turns: () => turns,
    sample() {
      turns += 1
      if (turns === failsAt) throw new Error('expired')
      return turns
    },
  }
}

function hush() {
  const talk = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  onTestFinished(() => talk.mockRestore())
  return talk
}

test('rounds that warm up are not counted', async () => {
  expect(await interleave([contender('a')], 3, { warmUp: 2 })).toEqual([
    { name: 'a', role: 'peer', value: 4 },
  ])
})

test.each([1, 2, 4])(
  'a peer that breaks at turn %i costs its row, not the run',
  async (failsAt) => {
    const talk = hush()
    const [sound, broken] = [contender('sound'), contender('broken', failsAt)]
    const rows = await interleave([broken, sound], 3)
    expect(rows.map(({ name }) => name)).toEqual(['sound'])
    expect([sound.turns(), broken.turns()]).toEqual([4, failsAt])
    expect(talk).toHaveBeenCalledWith(expect.stringContaining('broken is left out'))
  },
)
