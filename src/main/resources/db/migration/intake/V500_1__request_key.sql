create schema if not exists intake;

-- What a token's request with a key was answered, so that the same request sent again gets the same answer and makes no second
-- complaint. Written in the transaction of the complaint; kept 30 days.
create table intake.request_key (
    token_id uuid not null,
    key text not null,
    body_hash bytea not null,
    complaint_number text not null,
    response text not null,
    created_at timestamptz not null,
    primary key (token_id, key)
);

create index request_key_created on intake.request_key (created_at);
