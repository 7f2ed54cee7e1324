create schema if not exists customer;

-- A person, whatever the channel. Personal columns are encrypted with data_key, which is wrapped by the master key; erasing destroys it.
-- Whoever is merged into another stays as a row of its own: the link is all that a merge writes, and all that its undoing removes.
create table customer.customer (
    id uuid primary key,
    data_key bytea,
    name bytea,
    name_index bytea,
    vulnerable text,
    preferred text,
    merged_into uuid references customer.customer,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    erased_at timestamptz,
    constraint customer_is_not_merged_into_itself check (merged_into <> id)
);

create index customer_merged on customer.customer (merged_into) where merged_into is not null;
create index customer_name on customer.customer (name_index) where name_index is not null;

-- What a person is known by; nobody else has the same. part_index: of a phone its first digits, of an address what stands before the @.
create table customer.identity (
    id uuid primary key,
    customer_id uuid not null references customer.customer,
    kind text not null,
    account text not null,
    value_index bytea not null,
    value bytea not null,
    part_index bytea,
    added_at timestamptz not null,
    failed_at timestamptz,
    failure bytea,
    constraint identity_is_of_one_customer unique (kind, account, value_index)
);

create index identity_customer on customer.identity (customer_id);
create index identity_part on customer.identity (kind, part_index) where part_index is not null;

-- What somebody has: a vehicle, an appliance, an order. Others may have had it before.
create table customer.thing (
    id uuid primary key,
    customer_id uuid not null references customer.customer,
    kind text not null,
    model bytea,
    bought_on date,
    installed_on date,
    amount_fen bigint,
    currency text,
    added_at timestamptz not null,
    updated_at timestamptz not null
);

create index thing_customer on customer.thing (customer_id);

create table customer.thing_key (
    thing_id uuid not null references customer.thing,
    kind text not null,
    customer_id uuid not null references customer.customer,
    value_index bytea not null,
    value bytea not null,
    primary key (thing_id, kind)
);

create index thing_key_value on customer.thing_key (kind, value_index);
create index thing_key_customer on customer.thing_key (customer_id);

-- A contact of somebody else that stood in what a person wrote.
create table customer.mention (
    customer_id uuid not null references customer.customer,
    kind text not null,
    value_index bytea not null,
    primary key (customer_id, kind, value_index)
);

create index mention_value on customer.mention (kind, value_index);

-- Two who were taken for one and are not.
create table customer.dismissal (
    one uuid not null references customer.customer,
    other uuid not null references customer.customer,
    actor text not null,
    at timestamptz not null,
    primary key (one, other),
    constraint dismissal_has_an_order check (one < other)
);

create index dismissal_other on customer.dismissal (other);

-- Who did what to a customer, and why; never changed.
create table customer.event (
    id uuid primary key,
    customer_id uuid not null references customer.customer,
    at timestamptz not null,
    actor text not null,
    deed text not null,
    other uuid,
    note bytea
);

create index event_customer on customer.event (customer_id, id);

create table customer.reveal (
    customer_id uuid not null references customer.customer,
    id uuid not null,
    staff uuid not null,
    fields text not null,
    reason text not null,
    at timestamptz not null,
    primary key (customer_id, id)
);

-- What other modules may read.
create view customer.api_customer as
select id, vulnerable, preferred, merged_into, created_at, updated_at, erased_at
from customer.customer;
