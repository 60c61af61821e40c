DROP INDEX "finding_page";--> statement-breakpoint
CREATE INDEX "finding_page" ON "finding" USING btree ("organization_id","severity","last_seen","id");