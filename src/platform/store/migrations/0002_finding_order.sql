DROP INDEX "finding_page";--> statement-breakpoint
CREATE INDEX "finding_order" ON "finding" USING btree ("organization_id","severity","state","check_id","account","region","id");