export * as card from './card/index.ts'
