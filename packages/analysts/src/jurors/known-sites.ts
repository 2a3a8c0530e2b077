/**
 * Well-known sites for the jurors' training, written by hand apart from the players' tables so that no list is
 * on both sides. One line a field; a name in both is a fact of the world, not a shared data set.
 */
export const KNOWN_SITES = `
google.com youtube.com facebook.com wikipedia.org instagram.com reddit.com x.com twitter.com whatsapp.com amazon.com yahoo.com yahoo.co.jp bing.com linkedin.com netflix.com microsoft.com live.com office.com apple.com github.com stackoverflow.com twitch.tv tiktok.com pinterest.com ebay.com imdb.com fandom.com quora.com paypal.com cnn.com bbc.co.uk bbc.com nytimes.com theguardian.com spiegel.de lemonde.fr elpais.com repubblica.it nos.nl svt.se yle.fi dr.dk nrk.no rte.ie orf.at srf.ch zdf.de ard.de arte.tv heise.de golem.de
ikea.com zara.com hm.com decathlon.fr leroymerlin.fr toysrus.com barnesandnoble.com waterstones.com thalia.de hugendubel.de mediamarkt.de saturn.de euronics.de interdiscount.ch migros.ch coop.ch rewe.de edeka.de kaufland.de obi.de hornbach.de dm.de rossmann.de boots.com superdrug.com etsy.com notonthehighstreet.com anthropologie.com crateandbarrel.com potterybarn.com williams-sonoma.com sweetgreen.com warbyparker.com glossier.com casper.com everlane.com
harvard.edu mit.edu tum.de uni-heidelberg.de epfl.ch ethz.ch kuleuven.be uva.nl ku.dk su.se helsinki.fi uio.no sorbonne-universite.fr polimi.it uniroma1.it ub.edu upm.es u-tokyo.ac.jp kyoto-u.ac.jp tsinghua.edu.cn pku.edu.cn iitb.ac.in nus.edu.sg unimelb.edu.au utoronto.ca mcgill.ca
usa.gov gov.uk europa.eu who.int nasa.gov noaa.gov loc.gov bundesregierung.de parlament.ch gouvernement.fr nhs.uk irs.gov ssa.gov
mozilla.org gnu.org kernel.org debian.org python.org ruby-lang.org php.net mysql.com nginx.org apache.org cloudflare.com fastly.com digitalocean.com linode.com ovhcloud.com hetzner.com gandi.net infomaniak.com
visa.com mastercard.com swift.com ecb.europa.eu federalreserve.gov bankofengland.co.uk bundesbank.de snb.ch ubs.com creditagricole.fr sparkasse.de volksbank.de raiffeisen.at nordea.com danskebank.dk seb.se dnb.no
lufthansa.com swiss.com airfrance.fr ba.com sncf-connect.com db.de oebb.at trenitalia.com renfe.com ns.nl sj.se michelin.com renault.fr peugeot.fr fiat.com skoda-auto.cz seat.com
ethereum.org bitcoin.org uniswap.org aave.com compound.finance makerdao.com lido.fi curve.fi balancer.fi chain.link opensea.io metamask.io ledger.com trezor.io coinbase.com kraken.com binance.com bitstamp.net gemini.com okx.com bybit.com kucoin.com circle.com tether.to etherscan.io arbitrum.io optimism.io base.org polygon.technology zksync.io starknet.io scroll.io solana.com near.org cosmos.network polkadot.network cardano.org avax.network stellar.org ripple.com litecoin.org dogecoin.com getmonero.org z.cash phantom.com rainbow.me safe.global gnosis.io ens.domains snapshot.org coingecko.com coinmarketcap.com coindesk.com theblock.co decrypt.co 1inch.io sushi.com pancakeswap.finance dydx.exchange gmx.io pendle.finance eigenlayer.xyz rocketpool.net walletconnect.com blur.io rarible.com magiceden.io dune.com defillama.com debank.com zapper.xyz zerion.io
`
  .split(/\s+/)
  .filter((host) => host !== '');
