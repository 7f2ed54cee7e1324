-- Who reads complaints does not thereby read what colleagues write to each other.
alter table identity.token
    drop constraint token_scopes_are_known,
    add constraint token_scopes_are_known check (
        cardinality(scopes) > 0 and scopes <@ array[
            'COMPLAINTS_READ', 'COMPLAINTS_WRITE', 'NOTES_READ', 'CUSTOMERS_READ', 'CUSTOMERS_WRITE', 'CALLS_WRITE', 'WEBHOOKS_READ',
            'WEBHOOKS_WRITE', 'FILES_WRITE', 'VOUCHERS_USE']);
