/** When the list of bound cards is asked. */
export type SettleMode = 'never' | 'auto' | 'always'
