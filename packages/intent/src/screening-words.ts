/** Who can be harmed and what cannot: the word lists behind the screening rules. */

const list = (text: string): readonly string[] => text.trim().split(/\s+/);

/** Words that stand for a person. */
export const ROLES: ReadonlySet<string> = new Set(
  list(`
  he she him her hers his they them someone somebody anyone anybody everyone whoever who whom you me i us
  president vice premier minister chancellor senator congressman congresswoman congressperson representative governor mayor judge justice
  king queen prince princess pope bishop imam rabbi priest ayatollah dictator leader politician candidate secretary ambassador general
  ceo cto cfo coo founder cofounder chairman chairwoman director executive boss manager employee employees worker colleague developer dev
  journalist reporter blogger influencer streamer celebrity actor actress singer rapper author athlete player activist whistleblower
  witness prosecutor lawyer attorney policeman policewoman officer officers cop cops soldier soldiers hostage hostages prisoner prisoners
  man woman men women boy girl boys girls child children kid kids baby toddler teenager teen person people persons civilians protesters
  wife husband spouse partner ex girlfriend boyfriend mother father mom dad mum sister brother son daughter uncle aunt cousin neighbor
  neighbour friend landlord teacher doctor nurse student students trader whale hacker scammer thief criminal billionaire millionaire politicians
  immigrants migrants refugees jews muslims christians voters tourists passengers patients victims
`),
);

/** Given names and surnames that questions name most; capital letters find the others. */
export const NAMES: ReadonlySet<string> = new Set(
  list(`
  aoc rfk jfk mbs mtg xqc vitalik buterin satoshi nakamoto trump donald melania barron biden obama harris kamala vance musk elon putin vladimir zelensky zelenskyy
  xi jinping netanyahu khamenei kim erdogan modi macron starmer merkel scholz merz maduro milei bolsonaro lula trudeau carney bezos zuckerberg gates altman
  saylor armstrong brian changpeng zhao cz sbf bankman fried caroline ellison kwon justin sun hayes gensler powell yellen warren pelosi mcconnell
  sanders desantis newsom rubio bukele assad orban lukashenko navalny snowden assange ulbricht hoskinson gavin wood lubin cronje
  taylor swift kanye west drake beyonce rihanna bieber rogan tate oprah charles camilla william harry meghan kate francis leo
  john james robert michael david mary jennifer linda patricia elizabeth barbara susan jessica sarah karen lisa nancy anna maria peter paul mark
  george thomas richard joseph daniel matthew anthony steven andrew kenneth kevin jason jeff jeffrey ryan jacob eric jonathan stephen larry scott
  frank alex alexander jack dennis jerry tyler aaron jose adam nathan henry zachary douglas bob alice carol dave eve steve bill tom tim jim joe mike
  emma olivia sophia laura julia amy angela rachel emily hannah ali ahmed mohammed muhammad omar hassan fatima ivan sergei dmitri olga wei li chen wang
`),
);

/** Head nouns and names that are not people: they may die, be killed and be shot without harm. */
export const THINGS: ReadonlySet<string> = new Set(
  list(`
  it this that these those thing things something everything nothing
  bitcoin btc ethereum eth ether solana sol cardano ada dogecoin doge shiba pepe ripple xrp litecoin ltc monero xmr tether usdt usdc dai
  uniswap aave compound maker makerdao curve lido sushi sushiswap pancakeswap balancer synthetix opensea blur metamask ledger trezor phantom
  binance coinbase kraken ftx celsius terra luna ust arbitrum optimism polygon matic base linea zksync starknet scroll avalanche avax cosmos
  polkadot tron near aptos sui ton filecoin chainlink link hyperliquid polymarket kalshi farcaster lens tornado wormhole eigenlayer safe
  worldcoin zcash dash eos tezos algorand hedera stellar fantom celo gnosis cowswap dydx gmx pendle ethena morpho mev mevbot
  crypto cryptocurrency cryptocurrencies defi nft nfts dao daos token tokens coin coins memecoin memecoins stablecoin stablecoins altcoin altcoins
  blockchain blockchains chain chains network networks protocol protocols project projects contract contracts wallet wallets address account accounts bridge bridges
  exchange exchanges market markets bull bear rally trend hype narrative bubble fund funds etf etfs airdrop airdrops rollup rollups layer l1 l2 testnet mainnet
  company companies startup startups business businesses brand product products feature features service services app apps application website site sites platform platforms
  software update upgrade release version proposal proposals bill bills law laws act legislation regulation deal merger acquisition treaty contract rule rules policy
  show series movie film game games album song franchise sequel season character sport league team club
  industry economy dollar euro yen currency currencies inflation bank banks stock stocks price prices economy sector
  google apple microsoft amazon meta facebook twitter x reddit youtube tiktok instagram netflix openai nvidia tesla spacex starlink starship intel amd ibm oracle
  wikipedia google search encyclopedia internet web web2 web3 email ai agi robot robots bot bots gpt chatgpt claude gemini llm llms model models iphone android windows linux
  car cars phone phones battery server servers node nodes computer laptop headphone jack language python javascript rust java solidity cobol php
  idea dream meme memes joke cat dog pet plant plants tree trees star stars sun comet whale-watching bees coral species mosquito mosquitoes bacteria virus cancer
  telescope satellite rocket rover mission probe hubble voyager remote work office city town mall malls newspaper newspapers magazine radio television tv cable
  pow pos proof mining miners ethereum2 eip eips erc fork forks v1 v2 v3 v4 v5 feature support api sdk approval approvals ratings rating popularity polls poll campaign presidency chances odds numbers lead shutdown filibuster penny cent
`),
);

/** A relation or article before an unknown noun. */
export const DETERMINERS: ReadonlySet<string> = new Set(
  list('the a an this that these those our its any some all most every no'),
);

/** Capitalised words that name places, days, bodies and clubs: never the name of a person. */
export const NOT_PEOPLE: ReadonlySet<string> = new Set(
  list(`
  january february march april may june july august september october november december monday tuesday wednesday thursday friday saturday sunday
  christmas easter thanksgiving ramadan halloween summer winter spring autumn
  america usa us uk eu uae england britain scotland wales ireland france germany spain italy portugal poland russia ukraine china taiwan japan korea
  india pakistan iran iraq israel gaza lebanon syria turkey greece egypt brazil argentina mexico canada australia austria hungary sweden norway
  finland denmark netherlands belgium switzerland czech romania bulgaria serbia crimea venezuela colombia chile peru cuba africa asia europe
  london paris berlin madrid rome moscow kyiv beijing tokyo delhi york washington boston chicago texas california florida ohio oklahoma carolina
  manhattan brooklyn hollywood angeles francisco vegas diego dallas denver houston miami atlanta portland seattle detroit baltimore barcelona munich
  stuttgart hamburg dresden leipzig zurich geneva vienna dubai istanbul tel aviv jerusalem monaco lyon nice kansas iceland antarctica pole
  north south east west northern southern eastern western new old saint san los las el la le de great grand upper lower united central
  american british english french german spanish italian russian chinese japanese israeli iranian turkish european african asian mexican indian jewish
  lake mount cape fort port gulf arctic pacific atlantic mead
  sound valley canyon desert forest gulf strait coast peninsula
  street road avenue lane square park bridge river lake mountain ocean sea island islands bay beach city town county state states kingdom republic union
  university college school institute academy bank banks reserve treasury court supreme house senate parliament congress commission committee department
  ministry agency bureau council party democratic democrat democrats republican republicans labour tory tories conservative conservatives afd nato who fda ema cia fbi nsa sec cftc irs doj un
  league cup bowl series open championship champions championships finals final prix grand olympics games world national international premier
  fc united city arsenal chelsea tottenham liverpool everton leeds barcelona real bayern borussia inter milan juventus psg celtics lakers knicks bulls
  rangers bruins yankees dodgers cowboys eagles chiefs bills patriots packers ravens wimbledon nba nfl mlb ufc fifa uefa ferrari mercedes
  foundation labs protocol network finance capital ventures group holdings inc ltd corp company association society museum gallery theater theatre
  times post journal news reuters bloomberg guardian netflix hbo marvel dc disney sony nintendo xbox playstation pixar warner
  nobel oscar oscars emmy emmys grammy grammys hugo award awards prize medal
  gold silver oil dow nasdaq nikkei classic cash mini pro max plus ultra
  act bill law code treaty summit forum conference day week month year president's night eve mr mrs ms dr sir
  classic tower palace castle cathedral church station airport center centre hall stadium arena sports hotel plaza mall market
  penn bond fifth elm oak main wall pennsylvania knox christmas mortal red dead black white blue green golden dark
  ethereum's bitcoin's falcon starship artemis hubble kindle macbook thor batman superman spider-man avengers pokemon mario zelda
  ledger trezor coinbase wells fargo goldman morgan chase citi vanguard blackrock fidelity strategy microstrategy boeing airbus toyota volkswagen bmw
  pfizer moderna novartis roche novo nordisk lilly bayer walmart nike pepsi coca cola mcdonald's starbucks burger
  airlines airways motors energy software systems technologies studios pharma media records brothers industries partners
  adobe flash spotify uber lyft airbnb zoom cruise waymo ford bluesky threads discord telegram signal whatsapp snapchat perl intel siemens samsung huawei
  python ruby go swift kubernetes docker github gitlab cloudflare aws azure chrome firefox safari
  `),
);
