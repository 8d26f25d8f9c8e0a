import { list } from './parts/part.ts';

/** Enough alone to know an advert. */
export const ADVERT_SURE = list(`
  brought to you by, sponsored by, sponsor of this, our sponsor, our sponsors, today's sponsor,
  this episode is sponsored, use code, promo code, discount code, use the code, percent off,
  dot com slash, dot ai slash, dot co slash, back to the show, back to the episode, word from our,
  quick break, free trial at, sign up today at, get started today at, terms apply,
  terms and conditions apply, thanks to our, a quick ad, this message comes from,
  support for this podcast, support for this show, this podcast is supported, presenting sponsor,
  right back after, be right back, back after this, after the break, paid advertisement, money back guarantee
`);

/** Heard in adverts and elsewhere: they count only in company. */
export const ADVERT_MAYBE = list(`
  sponsor, sponsors, free trial, visit, go to, head to, head over to, sign up, learn more at, dot com,
  offer code, listeners get, for listeners, first month, download the app, link in the show notes,
  check out, try it free, for free, exclusive offer, special offer, limited time, get started,
  first purchase, all in one, trusted by, off your first
`);

export const HOUSEKEEPING = list(`
  quick housekeeping, bit of housekeeping, some housekeeping, few housekeeping, rate and review, leave a review, leave us a review, subscribe to, hit subscribe, subscribe button,
  like and subscribe, follow us on, follow me on, follow the show, in the show notes,
  link in the description, links in the description, wherever you get your podcasts,
  wherever you listen, favorite podcast app, favourite podcast app, join our newsletter,
  sign up for our newsletter, on apple podcasts, a five star review, hit the bell, notification bell,
  our patreon, where can people find you, where can folks find you, where can listeners find
`);

export const INTRO = list(`
  welcome to the show, welcome to the podcast, welcome back to, welcome to another, welcome to this,
  my guest today, today my guest, my guest is, today on the show, in today's episode,
  on today's episode, in this episode, today we have, today we're joined, i'm your host,
  i am your host, thanks for having me, thank you for having me, thank you for coming on,
  thanks for coming on, thanks for being here, thank you so much for being here,
  thank you for being here, please welcome, joining me today, joining us today, welcome to,
  without further ado
`);

export const OUTRO = list(`
  thanks for listening, thank you for listening, thank you so much for listening, thanks for watching,
  thank you for watching, see you next week, see you next time, see you in the next, until next time,
  until next week, thanks for joining, thank you for joining, thank you so much for joining,
  thank you for being here, thanks for tuning in, catch you next, bye everyone, bye everybody,
  thank you so much for talking, thanks for talking to, thank you for talking to, thank you so much for your time,
  thanks so much for listening, thanks everyone for listening, thank you all for listening, thank you everyone for listening,
  so much for coming on, for coming on the show, so much for joining, thanks for having me, thank you for having me,
  thank you so much for having me, thanks so much for having me, back next week, take care everyone,
  that's all for today, that's it for today, that's our show, produced by
`);

/** Addresses and discounts as they are written down. */
export const SURE_TEXT =
  /\b[a-z0-9-]+\.(?:com|co|io|ai|org|net|fm)\/[a-z0-9]+|\d+ ?% off\b|\b(?:visit|go to|head to|over to|up at|more at|started at|out at|check out|checking out) [a-z0-9-]+\.(?:com|co|io|ai|org|net|fm|dev)\b/iu;
