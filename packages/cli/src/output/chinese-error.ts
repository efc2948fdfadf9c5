export { inChinese } from '@llpay/core/errors/chinese'
