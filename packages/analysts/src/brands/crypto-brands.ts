/**
 * Crypto brands that phishing imitates, each with the domains it is known to publish from. Written by hand
 * for Surety from general knowledge of the field; one brand a line: `name: domain domain ...`. A domain that
 * is missing costs a false alarm about the brand's own site, so add it; a wrong one hides a fake, so check it.
 */
export const CRYPTO_BRANDS = `
1inch: 1inch.io 1inch.com 1inch.network
0x: 0x.org
aave: aave.com
abracadabra: abracadabra.money
abstract: abs.xyz
across: across.to
aerodrome: aerodrome.finance
aethir: aethir.com
agoric: agoric.com
airswap: airswap.io
akash: akash.network
alchemix: alchemix.fi
alchemy: alchemy.com
algorand: algorand.co algorand.com algorand.foundation
altlayer: altlayer.io
ambire: ambire.com
ankr: ankr.com
apecoin: apecoin.com
apeswap: apeswap.finance
aptos: aptosfoundation.org aptoslabs.com aptosnetwork.com
aragon: aragon.org
arbitrum: arbitrum.io arbitrum.foundation
argent: argent.xyz
arkham: arkm.com arkhamintelligence.com
artblocks: artblocks.io
arweave: arweave.org arweave.net
aster: asterdex.com
astar: astar.network
audius: audius.co audius.org
aurora: aurora.dev
avalanche: avax.network avalabs.org
avantis: avantisfi.com
axelar: axelar.network
axieinfinity: axieinfinity.com skymavis.com roninchain.com
axiom: axiom.trade axiom.xyz
azuki: azuki.com
aztec: aztec.network
babylon: babylonlabs.io
backpack: backpack.app backpack.exchange
badger: badger.com badger.finance
balancer: balancer.fi
bancor: bancor.network
basescan: basescan.org
beefy: beefy.com beefy.finance
benqi: benqi.fi
berachain: berachain.com bera.chain
biconomy: biconomy.io
bigtime: bigtime.gg
binance: binance.com binance.us binance.org binance.vision bnbchain.org
bingx: bingx.com
birdeye: birdeye.so
bitbuy: bitbuy.ca
bitcoin: bitcoin.org bitcoin.com bitcoincore.org
bitfinex: bitfinex.com
bitflyer: bitflyer.com
bitget: bitget.com bitgetapp.com
bithumb: bithumb.com
bitmart: bitmart.com
bitmex: bitmex.com
bitpanda: bitpanda.com
bitpay: bitpay.com
bitso: bitso.com
bitstamp: bitstamp.net
bittensor: bittensor.com
bittorrent: bittorrent.com bt.io
bittrex: bittrex.com
bitvavo: bitvavo.com
blast: blast.io
blockaid: blockaid.io
blockchain: blockchain.com blockchain.info
blockfi: blockfi.com
blockscout: blockscout.com
blockstream: blockstream.com
blur: blur.io
bonk: bonkcoin.com bonk.fun letsbonk.fun
boredapeyachtclub: boredapeyachtclub.com bayc.io yuga.com
bscscan: bscscan.com
bungee: bungee.exchange
bybit: bybit.com bybitglobal.com
cardano: cardano.org cardanofoundation.org
celestia: celestia.org
celo: celo.org
celsius: celsius.network
chainabuse: chainabuse.com
chainalysis: chainalysis.com
chainlink: chain.link chainlinklabs.com
chainlist: chainlist.org
changelly: changelly.com
changenow: changenow.io
circle: circle.com
coin98: coin98.com
coinbase: coinbase.com base.org
coincheck: coincheck.com
coingecko: coingecko.com geckoterminal.com
coinlist: coinlist.co
coinmarketcap: coinmarketcap.com
coinone: coinone.co.kr
coinpayments: coinpayments.net
cointelegraph: cointelegraph.com
cointracker: cointracker.io
collabland: collab.land
compound: compound.finance
consensys: consensys.io consensys.net
convex: convexfinance.com
core: coredao.org
cosmos: cosmos.network
cowswap: cow.fi
crypto.com: crypto.com
cryptokitties: cryptokitties.co
cryptopunks: cryptopunks.app
curve: curve.fi curve.finance
cyberconnect: cyberconnect.me cyber.co
cyfrin: cyfrin.io
dcentwallet: dcentwallet.com
debank: debank.com
debridge: debridge.finance debridge.com
decentraland: decentraland.org
defillama: defillama.com llama.fi
defikingdoms: defikingdoms.com
degods: degods.com
delegate: delegate.xyz
deribit: deribit.com
dexscreener: dexscreener.com
dextools: dextools.io
dfinity: dfinity.org internetcomputer.org
digix: digix.global
dogecoin: dogecoin.com
doodles: doodles.app
drift: drift.trade
dune: dune.com
dydx: dydx.exchange dydx.trade dydx.xyz dydx.community
dymension: dymension.xyz
eigenlayer: eigenlayer.xyz eigenlayer.com eigenfoundation.org eigencloud.xyz
electrum: electrum.org
elrond: multiversx.com elrond.com
enjin: enjin.io
ens: ens.domains
enso: enso.finance
eos: eos.io eosnetwork.com
etherdelta: etherdelta.com
etherfi: ether.fi
ethena: ethena.fi ethenafoundation.com
ethereum: ethereum.org ethereum.foundation
etherscan: etherscan.io
euler: euler.finance
everscale: everscale.network
exodus: exodus.com exodus.io
fantom: fantom.foundation fantom.network
farcaster: farcaster.xyz farcaster.com warpcast.com
fetchai: fetch.ai
filecoin: filecoin.io fil.org
firedancer: firedancer.io
flare: flare.network
flashbots: flashbots.net
flow: flow.com
fluid: fluid.io instadapp.io
four.meme: four.meme
foundation: foundation.app
frax: frax.finance frax.com
friendtech: friend.tech
ftx: ftx.com
fuel: fuel.network
galxe: galxe.com
gains: gains.trade
gala: gala.com gala.games
gate: gate.io gate.com
gearbox: gearbox.fi gearbox.finance
gelato: gelato.network
gemini: gemini.com
genesis: genesistrading.com
gitcoin: gitcoin.co
gmx: gmx.io
gnosis: gnosis.io gnosis.xyz gnosischain.com
goldfinch: goldfinch.finance
grass: grass.io getgrass.io
hashflow: hashflow.com
hashpack: hashpack.app
hedera: hedera.com
helium: helium.com
hexagate: hexagate.com
hitbtc: hitbtc.com
hop: hop.exchange
hourglass: hourglass.com
htx: htx.com huobi.com
humanity: humanity.org
hyperlane: hyperlane.xyz
hyperliquid: hyperliquid.xyz hyperfoundation.org
idex: idex.io
illuvium: illuvium.io
immutable: immutable.com
imtoken: token.im
infura: infura.io
initia: initia.xyz
injective: injective.com
instadapp: instadapp.io
iotex: iotex.io
irys: irys.xyz
izumi: izumi.finance
jito: jito.network jito.wtf
jumper: jumper.exchange
jupiter: jup.ag
justlend: justlend.org
kaito: kaito.ai
kamino: kamino.com kamino.finance
katana: katana.network
kava: kava.io
keeta: keeta.com
kelpdao: kelpdao.xyz
keplr: keplr.app
klaytn: klaytn.foundation kaia.io
koinly: koinly.io
kraken: kraken.com
kucoin: kucoin.com
kyberswap: kyberswap.com kyber.network
layer3: layer3.xyz
layerzero: layerzero.network layerzero.foundation
ledger: ledger.com
lens: lens.xyz
lido: lido.fi
lifi: li.fi
lighter: lighter.xyz
linea: linea.build
liquity: liquity.org
lisk: lisk.com
litecoin: litecoin.org litecoin.com
livepeer: livepeer.org
localbitcoins: localbitcoins.com
looksrare: looksrare.org
loopring: loopring.org
magiceden: magiceden.io magiceden.us magiceden.com
makerdao: makerdao.com sky.money
manifold: manifold.xyz
mantaray: manta.network
mantle: mantle.xyz
maple: maple.finance
marinade: marinade.finance
matcha: matcha.xyz
mavia: mavia.com
maverick: mav.xyz
meteora: meteora.ag
megaeth: megaeth.com
memecoin: memecoin.org
metamask: metamask.io
metaplex: metaplex.com
mexc: mexc.com
midnight: midnight.network midnight.gd
milady: miladymaker.net
mina: minaprotocol.com
mirror: mirror.xyz
mode: mode.network
monad: monad.xyz monad.foundation
monero: getmonero.org
moonbeam: moonbeam.network
moonbirds: moonbirds.xyz
moonpay: moonpay.com
moonshot: moonshot.money moonshot.com
morpho: morpho.org
movement: movementlabs.xyz movementnetwork.xyz
multichain: multichain.org
mycrypto: mycrypto.com
myetherwallet: myetherwallet.com mewapi.io
myria: myria.com
nansen: nansen.ai
near: near.org near.com
nexo: nexo.com nexo.io
nexus: nexus.xyz
niftygateway: niftygateway.com
notcoin: notcoin.com
oasis: oasis.io
ocean: oceanprotocol.com
odos: odos.xyz
okx: okx.com okex.com
olympus: olympusdao.finance
omni: omni.network
ondo: ondo.finance
openledger: openledger.xyz
opensea: opensea.io
optimism: optimism.io
orbiter: orbiter.finance
orca: orca.so
orderly: orderly.network
osmosis: osmosis.zone
otherside: otherside.xyz
oxapay: oxapay.com
pacifica: pacifica.fi
pancakeswap: pancakeswap.finance pancakeswap.com
paradex: paradex.trade
paraswap: paraswap.io velora.xyz
particle: particle.network
paxful: paxful.com
paxos: paxos.com
pendle: pendle.finance
pepe: pepe.vip
perpetual: perp.com
phantom: phantom.app phantom.com
plasma: plasma.to
plume: plume.org plumenetwork.xyz
poap: poap.xyz
polkadot: polkadot.network polkadot.com
polkastarter: polkastarter.com
poloniex: poloniex.com
polygon: polygon.technology polygonscan.com
polymarket: polymarket.com
pooltogether: pooltogether.com
portal: portalgaming.com
puffer: puffer.fi
pudgypenguins: pudgypenguins.com
pumpfun: pump.fun
pyth: pyth.network
qredo: qredo.com
quickswap: quickswap.exchange
rabby: rabby.io
radiant: radiant.capital
radix: radixdlt.com
railgun: railgun.org
rainbow: rainbow.me
rarible: rarible.com
raydium: raydium.io
redstone: redstone.finance
render: rendernetwork.com
renzo: renzoprotocol.com
reown: reown.com
request: request.network request.finance
reservoir: reservoir.tools
revoke: revoke.cash
ribbon: ribbon.finance
rocketpool: rocketpool.net
ronin: roninchain.com
rootstock: rootstock.io
safe: safe.global
safepal: safepal.com
sahara: saharalabs.ai
sandbox: sandbox.game
scroll: scroll.io
sei: sei.io
shapeshift: shapeshift.com
shibainu: shibatoken.com shib.io
shibaswap: shibaswap.com
snapshot: snapshot.org snapshot.box
socket: socket.tech
solana: solana.com
solanabeach: solanabeach.io
solaxy: solaxy.io
solflare: solflare.com
solscan: solscan.io
somnia: somnia.network
soneium: soneium.org
sonic: soniclabs.com
sorare: sorare.com
spark: spark.fi
squid: squidrouter.com
stacks: stacks.co
standx: standx.com
stargate: stargate.finance
starknet: starknet.io starknet.org
stellar: stellar.org
stepn: stepn.com
storyprotocol: story.foundation
succinct: succinct.xyz
sudoswap: sudoswap.xyz
sui: sui.io
sushi: sushi.com sushiswap.fi
swell: swellnetwork.io
symbiosis: symbiosis.finance
symbiotic: symbiotic.fi
synapse: synapseprotocol.com
synthetix: synthetix.io
taiko: taiko.xyz
tally: tally.xyz
tenderly: tenderly.co
tensor: tensor.trade
terra: terra.money
tether: tether.to tether.io
tezos: tezos.com
thegraph: thegraph.com
thirdweb: thirdweb.com
thorchain: thorchain.org thorswap.finance
toncoin: ton.org tonkeeper.com
tornado: tornado.cash
traderjoe: traderjoexyz.com lfj.gg
treasure: treasure.lol
trezor: trezor.io
tron: tron.network trondao.org tronscan.org
trustwallet: trustwallet.com
ultra: ultra.io
umbra: umbraprivacy.com umbra.cash
uniswap: uniswap.org unichain.org
unstoppabledomains: unstoppabledomains.com
upbit: upbit.com
uxlink: uxlink.io
vechain: vechain.org
velodrome: velodrome.finance
venus: venus.io
vertex: vertexprotocol.com
virtuals: virtuals.io
walletconnect: walletconnect.com walletconnect.network
wazirx: wazirx.com
worldcoin: worldcoin.org world.org
worldlibertyfinancial: worldlibertyfinancial.com
wormhole: wormhole.com wormhole.foundation
xaman: xaman.app xumm.app
xdefi: xdefi.io ctrl.xyz
ripple: ripple.com xrpl.org
xverse: xverse.app
yearn: yearn.fi yearn.finance
yieldguild: yieldguild.io
zama: zama.ai
zapper: zapper.xyz zapper.fi
zcash: z.cash zcash.com
zengo: zengo.com
zerion: zerion.io
zetachain: zetachain.com
zircuit: zircuit.com
zkpass: zkpass.org
zksync: zksync.io zknation.io
zora: zora.co zora.energy
zksync-lite: lite.zksync.io
`;
