// Runs the benches that are named, or all of them: node --conditions=@llpay/source bench/src/main.ts [NAME...]
import { benchEdge } from './edge.ts'

const BENCHES: Readonly<Record<string, () => Promise<void>>> = { edge: benchEdge }

const named = process.argv.slice(2)
for (const name of named.length === 0 ? Object.keys(BENCHES) : named) {
  const bench = Object.hasOwn(BENCHES, name) ? BENCHES[name] : undefined
  if (bench === undefined) throw new Error(`There is no bench ${name}.`)
  console.log(`${name}:`)
  await bench()
}
