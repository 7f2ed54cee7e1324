-- What more a token may do, how far it reaches, and how fast it may call.
alter table identity.token
    drop constraint token_scopes_are_known,
    add constraint token_scopes_are_known check (
        cardinality(scopes) > 0 and scopes <@ array[
            'COMPLAINTS_READ', 'COMPLAINTS_WRITE', 'CUSTOMERS_READ', 'CUSTOMERS_WRITE', 'CALLS_WRITE', 'WEBHOOKS_READ',
            'WEBHOOKS_WRITE', 'FILES_WRITE']),
    add column business_lines text[] not null default '{}',
    add column channels text[] not null default '{}',
    add column calls_a_minute integer,
    add column last_used_at timestamptz,
    add constraint token_calls_are_some check (calls_a_minute > 0);

comment on column identity.token.business_lines is 'empty: all';
comment on column identity.token.channels is 'empty: all';
comment on column identity.token.calls_a_minute is 'null: no limit';
