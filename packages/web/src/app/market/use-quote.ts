import type { Quote, WireOrder } from '@surety/sdk/page';
import { useEffect, useState } from 'preact/hooks';
import { client } from '../client.ts';
import { LOADING, type Loaded, loadedFrom } from '../loaded.ts';

/** The node's price for an order, asked again when the order or the market changes, 200 ms after the last change. */
export const useQuote = (marketId: string, order: WireOrder | null, marketSeq: number): Loaded<Quote> => {
  const key = order === null ? '' : JSON.stringify(order);
  const [quote, setQuote] = useState<{ key: string; loaded: Loaded<Quote> }>({ key: '', loaded: LOADING });
  useEffect(() => {
    if (order === null) return;
    let wanted = true;
    const timer = setTimeout(() => {
      void client.quote({ marketId, order }).then((result) => {
        if (wanted) setQuote({ key, loaded: loadedFrom(result) });
      });
    }, 200);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [key, marketSeq]);
  return quote.key === key ? quote.loaded : LOADING;
};
