/** The class of a return code: what it means for a request that changes something. */
export type ReturnCodeClass = 'success' | 'refused' | 'not-listed' | 'unknown'

interface CategoryCodes {
  /** Codes after which nothing was changed. */
  readonly refused: string
  /** Codes after which only a query can show what happened. */
  readonly unknown: string
}

/** The codes of the classic API by kind of failure. A code that is not here has an unknown outcome. */
const CATEGORIES: Readonly<Record<string, CategoryCodes>> = {
  'auth-or-config': {
    refused: '1008 1009 3001 3010 4005 4103 5004 5503 5504 5505 8106',
    unknown: '',
  },
  'bank-or-network-transient': {
    refused: '',
    unknown: '1007 6601 8103 9000 9094 9704 9970 9990 9991',
  },
  'card-or-user': {
    refused:
      '1005 1100 1101 1102 1103 1104 1107 1108 1109 1110 1112 1113 1114 1115 1200 1805 1900 1901 4000 4003 4010 4011 4012 5001 5502 6001 6002 7018 7777 8099 8110 8115 9700 9701 9703 9912',
    unknown: '',
  },
  duplicate: {
    refused: '1002 2007 3009 4002 4004 7001 8102 9913 9983',
    unknown: '',
  },
  limit: {
    refused: '1014 1016 1019 1106 1902 4008 5006 5007 8105 9104 9702 9911',
    unknown: '',
  },
  'not-found': {
    refused: '1202 3003 3006 3007 3011 4001 4105 5002 5501 8000 8010 8101 8111 8113 8901 8911 9093',
    unknown: '0106',
  },
  other: {
    refused: '2006 5008 8001',
    unknown: '1111 3004 8104',
  },
  parameter: {
    refused:
      '1000 1004 1012 3005 3008 5003 5506 5601 7017 7119 8003 8107 8114 9002 9092 9901 9904 9907',
    unknown: '',
  },
  processing: {
    refused: '2003 8888',
    unknown: '1003 2004 2005 2008',
  },
  risk: {
    refused: '1105 9910',
    unknown: '',
  },
  signature: {
    refused: '1001',
    unknown: '4007',
  },
  system: {
    refused: '',
    unknown:
      '1006 1201 3002 4006 4009 4104 5005 8002 8006 8108 8109 8112 8116 8117 9091 9902 9903 9920 9921 9999',
  },
}

/** What is known about a return code. */
export interface ReturnCodeEntry {
  /** The kind of failure: `signature`, `parameter`, `not-found`, ...; `unlisted` for unknown codes. */
  readonly category: string
  readonly class: 'success' | 'refused' | 'unknown'
}

/** Looks up a return code. */
export function lookUpReturnCode(code: string): ReturnCodeEntry {
  if (code === '0000') return { category: 'success', class: 'success' }
  if (code === '') return { category: 'unlisted', class: 'unknown' }
  for (const [category, codes] of Object.entries(CATEGORIES)) {
    if (codes.refused.split(' ').includes(code)) return { category, class: 'refused' }
    if (codes.unknown.split(' ').includes(code)) return { category, class: 'unknown' }
  }
  return { category: 'unlisted', class: 'unknown' }
}
