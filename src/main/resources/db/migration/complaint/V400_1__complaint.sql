create schema if not exists complaint;

-- One row a complaint: always equal to the replay of its history. Personal columns are encrypted with data_key, which is wrapped by
-- the master key; erasing destroys data_key.
create table complaint.complaint (
    id uuid primary key,
    number text not null unique,
    version int not null,
    head bytea not null,
    data_key bytea,
    business_line text not null,
    pack text not null,
    pack_version int not null,
    channel text not null,
    kind text not null,
    stage text not null,
    severity text not null,
    priority text not null,
    category text,
    customers_affected int not null,
    title bytea,
    content bytea,
    customer_name bytea,
    customer_phone bytea,
    phone_index bytea,
    customer_email bytea,
    product bytea,
    remedy_sought text,
    external_number text,
    origin text,
    occurred_at timestamptz,
    received_at timestamptz not null,
    registered_at timestamptz not null,
    owner uuid not null,
    owner_confirmed_at timestamptz,
    department text,
    handler uuid,
    running_clocks jsonb not null,
    due_at timestamptz,
    due_clock text,
    waiting_since timestamptz,
    finding text,
    outcome text,
    told_at timestamptz,
    confirmation text,
    confirmation_attempts int not null,
    archived_at timestamptz,
    erased_at timestamptz,
    updated_at timestamptz not null
);

create unique index complaint_external on complaint.complaint (origin, external_number) where external_number is not null;
create index complaint_phone on complaint.complaint (phone_index, received_at) where phone_index is not null;
-- Worklists: the open ones by due time (those without a running clock last), all by time received.
create index complaint_open_due on complaint.complaint (coalesce(due_at, 'infinity'), id) where archived_at is null;
create index complaint_open_stage on complaint.complaint (stage, coalesce(due_at, 'infinity'), id) where archived_at is null;
create index complaint_open_owner on complaint.complaint (owner, coalesce(due_at, 'infinity'), id) where archived_at is null;
create index complaint_open_handler on complaint.complaint (handler, coalesce(due_at, 'infinity'), id) where archived_at is null;
create index complaint_open_department on complaint.complaint (department, coalesce(due_at, 'infinity'), id) where archived_at is null;
create index complaint_received on complaint.complaint (received_at desc, id desc);
create index complaint_department_received on complaint.complaint (department, received_at desc, id desc);

-- The spine: who, when, what; data is canonical JSON (RFC 8785), hash covers exactly these bytes and the hash before.
create table complaint.event (
    complaint_id uuid not null references complaint.complaint,
    seq int not null,
    at timestamptz not null,
    actor text not null,
    type text not null,
    data bytea not null,
    previous_hash bytea not null,
    hash bytea not null,
    txid xid8 not null default pg_current_xact_id(),
    epoch int not null,
    id uuid not null,
    primary key (complaint_id, seq)
);

create index event_feed on complaint.event (epoch, txid, id);

-- A daily record of every changed chain's head, so that a cut tail or a deleted complaint is found.
create table complaint.anchor (
    number int primary key,
    at timestamptz not null,
    epoch int not null,
    txid xid8 not null,
    id uuid not null,
    chains int not null,
    previous_root bytea not null,
    root bytea not null
);

create table complaint.anchor_entry (
    number int not null references complaint.anchor,
    complaint_id uuid not null,
    seq int not null,
    hash bytea not null,
    transactions bytea not null,
    primary key (number, complaint_id)
);

create index anchor_entry_complaint on complaint.anchor_entry (complaint_id, number);

-- Entries of an anchor that is not finished yet.
create table complaint.anchor_draft (
    attempt uuid not null,
    complaint_id uuid not null,
    seq int not null,
    hash bytea not null,
    transactions bytea not null,
    primary key (attempt, complaint_id)
);

create sequence complaint.number_block;

-- What other modules may read.
create view complaint.api_complaint as
select id, number, business_line, pack, channel, kind, stage, severity, priority, category, department, owner, handler,
    external_number, origin, received_at, registered_at, due_at, archived_at
from complaint.complaint;
