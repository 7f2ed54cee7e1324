-- Drafts that nobody carried out are forgotten sooner than what was done.
create index run_draft on bulk.run (made_at) where state = 'DRAFT';
