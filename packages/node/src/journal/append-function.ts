/**
 * The append, inside the database: one call is one transaction and one round trip.
 * INVARIANT: no event is written unless, in the same transaction, every touched stream still has the writer's epoch
 * and the head the writer believes in. The row lock taken by the UPDATE orders it against a takeover.
 */
export const APPEND_FUNCTION = `
  CREATE FUNCTION surety.append(
    streams text[], epochs bigint[], expected bigint[], heads bigint[], head_hashes text[],
    event_streams text[], event_seqs bigint[], event_kinds text[], event_ats bigint[], event_bodies text[], event_hashes text[], event_txs bigint[],
    effect_streams text[], effect_seqs bigint[], effect_ns int[], effect_kinds text[], effect_bodies text[],
    keys text[], key_digests text[], key_responses text[], writer text
  ) RETURNS void LANGUAGE plpgsql AS $append$
  DECLARE
    moved text[];
    first_tx bigint := nextval('surety.tx');
  BEGIN
    WITH touched AS (
      UPDATE surety.stream s SET head_seq = u.head, head_hash = u.hash
      FROM unnest(streams, epochs, expected, heads, head_hashes) AS u(stream, epoch, was, head, hash)
      WHERE s.stream = u.stream AND s.epoch = u.epoch AND s.head_seq = u.was
      RETURNING s.stream
    )
    SELECT array_agg(stream) INTO moved FROM touched;
    IF coalesce(cardinality(moved), 0) <> cardinality(streams) THEN
      RAISE EXCEPTION 'fenced' USING ERRCODE = 'SU001',
        DETAIL = (SELECT json_agg(s)::text FROM unnest(streams) AS s WHERE NOT s = ANY (coalesce(moved, '{}')));
    END IF;
    IF EXISTS (SELECT FROM surety.idempotency i WHERE i.scope = 'journal' AND i.key = ANY (keys)) THEN
      RAISE EXCEPTION 'key taken' USING ERRCODE = 'SU002',
        DETAIL = (SELECT json_agg(i.key)::text FROM surety.idempotency i WHERE i.scope = 'journal' AND i.key = ANY (keys));
    END IF;
    INSERT INTO surety.event (stream, seq, kind, at, body, hash, tx)
      SELECT e.stream, e.seq, e.kind, e.at, e.body, e.hash, first_tx + e.tx
      FROM unnest(event_streams, event_seqs, event_kinds, event_ats, event_bodies, event_hashes, event_txs)
        AS e(stream, seq, kind, at, body, hash, tx);
    IF cardinality(effect_streams) > 0 THEN
      INSERT INTO surety.outbox (stream, seq, n, kind, body)
        SELECT * FROM unnest(effect_streams, effect_seqs, effect_ns, effect_kinds, effect_bodies);
    END IF;
    IF cardinality(keys) > 0 THEN
      INSERT INTO surety.idempotency (scope, key, digest, response)
        SELECT 'journal', * FROM unnest(keys, key_digests, key_responses);
    END IF;
    PERFORM pg_notify('surety_journal', writer);
  END
  $append$;
`;
