import { list, type Part } from './part.ts';

/** Is there something to win or lose, and is it felt? */
export const stakes = {
  max: 11,
  min: 0,
  features: {
    stakesWords: {
      place: 'anywhere',
      praise: 'puts something at stake',
      phrases: list(`
        risk, risks, risky, danger, dangerous, lose, losing, lost, loss, losses, fail, failed,
        failing, fails, failure, die, dies, died, dying, dead, death, kill, killed, killing, destroy,
        destroyed, collapse, crash, crashed, crisis, war, fight, fighting, threat, survive, survival,
        win, winning, winner, winners, won, beat, bet, betting, problem, problems, wrong, broken,
        broke, bankrupt, bankruptcy, fired, quit, stuck, hurt, pain, painful, suffer, suffering,
        struggle, struggling, power, powerful, enemy, attack, disaster, catastrophe, disrupt,
        disrupted, disruption, replace, replaced, threatened, bubble, recession, revolution,
        transform, success, successful, succeed, disease, cancer, never again, at stake, cost, jobs,
        trouble, terrible, brutal, wiped out, mistakes, massive, huge, enormous
      `),
    },
    emotion: {
      place: 'anywhere',
      praise: 'lets feeling show',
      phrases: list(`
        love, loved, hate, hated, fear, afraid, scared, scary, terrified, terrifying, angry, anger,
        crazy, insane, amazing, incredible, incredibly, shocked, shocking, surprised, surprising,
        awful, horrible, beautiful, happy, happiness, sad, joy, excited, exciting, anxiety, anxious,
        worried, worry, proud, ashamed, embarrassed, embarrassing, cry, crying, cried, laugh, laughed,
        wow, wild, mad, obsessed, passion, passionate, dream, dreams, hope, desperate, frustrated,
        frustrating, lonely, grateful, feel, feeling, feels, felt, magic, magical, freaking, panic,
        nightmare, stupid, ridiculous, genius, awe, bullshit, shit, fuck, fucking, damn, hell
      `),
    },
    money: {
      place: 'anywhere',
      praise: 'talks money',
      phrases: list(`
        money, dollar, dollars, bucks, million, millions, billion, billions, trillion, trillions,
        revenue, profit, profits, price, prices, pay, paid, paying, salary, cash, wealth, rich, poor,
        debt, invest, invested, investing, investment, valuation, expensive, cheap, budget, income,
        spend, spending, margin, margins, earnings, stock, stocks, market, economy
      `),
    },
    bigPicture: {
      place: 'anywhere',
      praise: 'looks at the whole world',
      phrases: list(`
        world, country, economy, market, markets, industry, government, history, generation, generations,
        humanity, human, humans, society, entire, whole, century, planet, global, nation, era,
        civilization, everywhere, technology, war, culture, system, future, power
      `),
    },
    rightNow: {
      place: 'anywhere',
      praise: 'is about what happens now',
      phrases: list(`
        now, right now, today, this year, these days, at this point, this moment, nowadays, this time,
        this is, currently, already
      `),
    },
    proportions: { place: 'anywhere', praise: 'puts it in proportion', anyLanguage: true },
    numbers: { place: 'anywhere', praise: 'puts a number on it', anyLanguage: true },
  },
} as const satisfies Part;
