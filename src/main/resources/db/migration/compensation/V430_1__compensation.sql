create schema if not exists compensation;

-- How much may be granted in a period, by a business line or one of its outlets ('' is the line itself); ends_on is the day after.
-- OPEN stands for whatever no budget covers: it has no limit. The balances are what the postings add up to, and the constraint keeps
-- a budget from being overspent whatever the code does.
create table compensation.budget (
    id uuid primary key,
    business_line text not null,
    outlet text not null default '',
    period text not null check (period in ('MONTH', 'QUARTER', 'YEAR', 'OPEN')),
    starts_on date not null,
    ends_on date not null,
    currency text not null,
    allotted_fen bigint check (allotted_fen >= 0),
    reserved_fen bigint not null default 0 check (reserved_fen >= 0),
    issued_fen bigint not null default 0 check (issued_fen >= 0),
    used_fen bigint not null default 0 check (used_fen >= 0),
    expired_fen bigint not null default 0 check (expired_fen >= 0),
    void_fen bigint not null default 0 check (void_fen >= 0),
    created_at timestamptz not null,
    check (starts_on < ends_on),
    check ((period = 'OPEN') = (allotted_fen is null)),
    check (allotted_fen is null or reserved_fen + issued_fen + used_fen <= allotted_fen),
    unique (business_line, outlet, currency, period, starts_on)
);

-- Something promised, given or taken back. Without a responsibility decision it is goodwill; nobody approves what is his own.
create table compensation.granted (
    complaint_id uuid not null,
    id uuid not null unique,
    number text not null,
    business_line text not null,
    outlet text not null default '',
    budget_id uuid not null references compensation.budget (id),
    item text not null,
    measure text not null,
    means text not null check (means in ('VOUCHER', 'PAYOUT', 'CREDIT')),
    amount_fen bigint not null check (amount_fen > 0),
    currency text not null,
    responsibility text,
    proposal integer,
    measure_number integer,
    form_key text,
    status text not null check (status in ('RESERVED', 'ISSUED', 'USED', 'EXPIRED', 'VOID')),
    needs_approval boolean not null,
    granted_by text not null,
    granted_at timestamptz not null,
    approved_by uuid,
    approved_at timestamptz,
    issued_at timestamptz,
    expires_at timestamptz,
    ended_at timestamptz,
    void_cause text,
    data_key bytea,
    reason bytea,
    end_note bytea,
    code_index bytea unique,
    code bytea,
    claimed_until timestamptz,
    primary key (complaint_id, id),
    unique (complaint_id, proposal, measure_number),
    unique (complaint_id, form_key),
    check ((responsibility is null) = (item = 'goodwill' or item like 'goodwill-%')),
    check (granted_by <> 'staff:' || approved_by::text),
    check (status in ('RESERVED', 'VOID') or not needs_approval or approved_by is not null),
    check ((status = 'VOID') = (void_cause is not null))
);
create index granted_to_expire on compensation.granted (expires_at) where status = 'ISSUED' and expires_at is not null;
create index granted_to_approve on compensation.granted (granted_at)
    where status = 'RESERVED' and needs_approval and approved_by is null;
create index granted_by_time on compensation.granted (granted_at, id);
create index granted_of_budget on compensation.granted (budget_id, status);

-- The book: entries are added, never changed. Each entry is made once for a grant.
create table compensation.entry (
    id uuid primary key,
    kind text not null check (kind in ('ALLOTTED', 'RESERVED', 'ISSUED', 'USED', 'EXPIRED', 'VOIDED')),
    budget_id uuid not null references compensation.budget (id),
    complaint_id uuid,
    grant_id uuid,
    actor text not null,
    at timestamptz not null,
    unique (grant_id, kind)
);
create index entry_of_budget on compensation.entry (budget_id, id);

create table compensation.posting (
    entry_id uuid not null references compensation.entry (id),
    account text not null check (account in ('ALLOTMENT', 'BUDGET', 'RESERVED', 'ISSUED', 'USED', 'EXPIRED', 'VOID')),
    budget_id uuid not null,
    amount_fen bigint not null check (amount_fen <> 0),
    currency text not null,
    primary key (entry_id, account)
);
create index posting_of_budget on compensation.posting (budget_id, account);

-- A voucher is used once: there is room for one use only.
create table compensation.voucher_use (
    grant_id uuid primary key,
    actor text not null,
    request_key text not null,
    used_at timestamptz not null,
    unique (actor, request_key)
);

-- What was given to finance in one file.
create table compensation.batch (
    id uuid primary key,
    number bigint generated always as identity unique,
    payouts integer not null,
    total_fen bigint not null,
    currency text not null,
    created_by text not null,
    created_at timestamptz not null
);

create table compensation.payout (
    complaint_id uuid not null,
    id uuid not null unique,
    grant_id uuid not null references compensation.granted (id),
    attempt integer not null,
    amount_fen bigint not null check (amount_fen > 0),
    currency text not null,
    status text not null check (status in ('WAITING', 'EXPORTED', 'PAID', 'FAILED', 'CANCELLED')),
    batch_id uuid references compensation.batch (id),
    data_key bytea,
    payee_name bytea,
    payee_bank bytea,
    payee_account bytea,
    failure bytea,
    bank_reference text,
    created_at timestamptz not null,
    ended_at timestamptz,
    primary key (complaint_id, id),
    unique (grant_id, attempt),
    check ((status in ('EXPORTED', 'PAID', 'FAILED')) = (batch_id is not null))
);
-- Nothing is paid twice: one payout of a grant at most is on its way or paid.
create unique index payout_of_grant on compensation.payout (grant_id) where status in ('WAITING', 'EXPORTED', 'PAID');
create index payout_waiting on compensation.payout (created_at) where status = 'WAITING';
create index payout_of_batch on compensation.payout (batch_id, id);

-- Who saw a code or fetched a file with accounts.
create table compensation.seen (
    id uuid primary key,
    what text not null check (what in ('CODE', 'BATCH')),
    subject_id uuid not null,
    who uuid not null,
    at timestamptz not null
);
create index seen_subject on compensation.seen (subject_id, id);
