create schema if not exists capture;

-- Where a complaint box hangs or a community station receives people.
create table capture.outlet (
    code text primary key,
    name text not null,
    address text,
    channel text not null check (channel in ('ONSITE', 'COMMUNITY')),
    business_line text not null,
    active boolean not null default true,
    created_at timestamptz not null
);
create index outlet_active on capture.outlet (name, code) where active;
