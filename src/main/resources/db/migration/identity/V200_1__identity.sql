create schema if not exists identity;

create table identity.staff (
    id uuid primary key,
    login text not null,
    name text not null,
    password_hash text not null,
    must_change_password boolean not null,
    roles text[] not null,
    department text,
    language text,
    active boolean not null,
    -- raised by every new password and every dismissal: sessions of an earlier epoch are over
    sign_in_epoch integer not null default 0,
    created_at timestamptz not null,
    signed_in_at timestamptz,
    constraint staff_has_a_role check (cardinality(roles) > 0),
    constraint staff_roles_are_known check (
        roles <@ array['AGENT', 'HANDLER', 'QUALITY', 'MANAGER', 'AUDITOR', 'ADMINISTRATOR']),
    constraint staff_language_is_known check (language in ('zh-CN', 'en'))
);
create unique index staff_login on identity.staff (lower(login) collate "C");
create index staff_name on identity.staff (lower(name) collate "C");
create index staff_roles on identity.staff using gin (roles) where active;

create view identity.api_staff as
select id, login, name, roles, department, active from identity.staff;

create table identity.sign_in_attempt (
    -- SHA-256 of the lower-case login, whether there is such a person or not
    login_hash bytea primary key,
    failed_count integer not null,
    locked_until timestamptz not null,
    last_at timestamptz not null
);
create index sign_in_attempt_last_at on identity.sign_in_attempt (last_at);

create table identity.token (
    id uuid primary key,
    name text not null,
    secret_hash bytea not null unique,
    scopes text[] not null,
    created_at timestamptz not null,
    expires_at timestamptz,
    revoked_at timestamptz,
    constraint token_scopes_are_known check (
        cardinality(scopes) > 0 and scopes <@ array['COMPLAINTS_READ', 'COMPLAINTS_WRITE'])
);
