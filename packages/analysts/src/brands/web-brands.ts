/**
 * Brands outside crypto that phishing imitates, in the form of `crypto-brands.ts`. Written by hand.
 */
export const WEB_BRANDS = `
google: google.com google.co.uk google.de google.fr google.co.jp google.com.br google.ca google.es google.it google.nl google.pl google.co.in youtube.com gmail.com withgoogle.com android.com chrome.com
microsoft: microsoft.com live.com office.com microsoftonline.com outlook.com bing.com msn.com azure.com windows.com office365.com skype.com xbox.com sharepoint.com
apple: apple.com icloud.com me.com
amazon: amazon.com amazon.co.uk amazon.de amazon.fr amazon.co.jp amazon.in amazon.ca amazon.es amazon.it amazon.com.br amazonaws.com aws.com
facebook: facebook.com fb.com meta.com messenger.com
instagram: instagram.com
whatsapp: whatsapp.com whatsapp.net
telegram: telegram.org t.me telegram.me
discord: discord.com discord.gg discordapp.com
twitter: twitter.com x.com
tiktok: tiktok.com
linkedin: linkedin.com
reddit: reddit.com
github: github.com githubusercontent.com github.blog
gitlab: gitlab.com
netflix: netflix.com
spotify: spotify.com
paypal: paypal.com paypal.me
stripe: stripe.com
ebay: ebay.com ebay.de ebay.co.uk
aliexpress: aliexpress.com alibaba.com
dropbox: dropbox.com
adobe: adobe.com
steam: steampowered.com steamcommunity.com
epicgames: epicgames.com
roblox: roblox.com
twitch: twitch.tv
wikipedia: wikipedia.org wikimedia.org
cloudflare: cloudflare.com
docusign: docusign.com docusign.net
wellsfargo: wellsfargo.com
chase: chase.com jpmorgan.com
bankofamerica: bankofamerica.com
citibank: citi.com citibank.com
hsbc: hsbc.com hsbc.co.uk
barclays: barclays.co.uk barclays.com
santander: santander.com santander.co.uk
revolut: revolut.com
wise: wise.com transferwise.com
robinhood: robinhood.com
etoro: etoro.com
fidelity: fidelity.com
schwab: schwab.com
visa: visa.com
mastercard: mastercard.com
americanexpress: americanexpress.com
dhl: dhl.com dhl.de
fedex: fedex.com
ups: ups.com
usps: usps.com
adidas: adidas.com
nike: nike.com
walmart: walmart.com
openai: openai.com chatgpt.com
anthropic: anthropic.com claude.ai
tesla: tesla.com
spacex: spacex.com
zoom: zoom.us zoom.com
yahoo: yahoo.com yahoo.co.jp
booking: booking.com
airbnb: airbnb.com
blackrock: blackrock.com
interactivebrokers: interactivebrokers.com ibkr.com
`;
