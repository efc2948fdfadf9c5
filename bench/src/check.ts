// Runs the short form of the benches, and holds their ratios against the bounds. A bench that does not run
// and a heap that grows fail; a ratio of times over its bound is measured once more, then reported for a
// person to look at.
import { BOUNDS } from './bounds.ts'
import { better, fails, judge, type Judgement } from './judge.ts'
import { runBench } from './run-bench.ts'

async function measure(bench: string): Promise<Judgement[]> {
  const { groups, failure } = await runBench(bench, { short: true })
  if (failure !== undefined) console.error(failure)
  return BOUNDS.filter((bound) => bound.bench === bench).map((bound) => judge(bound, groups))
}

const name = ({ bound }: Judgement) => `${bound.title}: ${bound.of}, of ${bound.to}`

let [passed, failed] = [0, 0]
for (const bench of new Set(BOUNDS.map((bound) => bound.bench))) {
  let judgements = await measure(bench)
  if (judgements.some(({ isKept }) => !isKept)) {
    const again = await measure(bench)
    judgements = judgements.map((judgement, index) => better(judgement, again[index]))
  }
  for (const judgement of judgements) {
    const { bound, ratio, isKept } = judgement
    const isFailed = fails(judgement)
    if (isFailed) failed += 1
    else passed += 1
    console.log(
      `${isKept ? 'ok  ' : isFailed ? 'FAIL' : 'slow'} ${name(judgement)}: ${ratio?.toFixed(2) ?? 'not measured'}, at most ${bound.atMost} (${bound.why})`,
    )
  }
}
console.log(`bench: ${passed} passed, ${failed} failed`)
process.exitCode = failed > 0 ? 1 : 0
