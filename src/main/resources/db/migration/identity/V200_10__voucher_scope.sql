-- A token of a till uses vouchers and nothing else.
alter table identity.token
    drop constraint token_scopes_are_known,
    add constraint token_scopes_are_known check (
        cardinality(scopes) > 0 and scopes <@ array[
            'COMPLAINTS_READ', 'COMPLAINTS_WRITE', 'CUSTOMERS_READ', 'CUSTOMERS_WRITE', 'CALLS_WRITE', 'WEBHOOKS_READ',
            'WEBHOOKS_WRITE', 'FILES_WRITE', 'VOUCHERS_USE']);
