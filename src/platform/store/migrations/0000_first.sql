CREATE TABLE "finding" (
	"organization_id" text NOT NULL,
	"id" text NOT NULL,
	"kind" text NOT NULL,
	"source" text NOT NULL,
	"check_id" text NOT NULL,
	"verdict" text NOT NULL,
	"severity" text NOT NULL,
	"account" text NOT NULL,
	"region" text NOT NULL,
	"scope_region" text NOT NULL,
	"resource" text NOT NULL,
	"resource_type" text NOT NULL,
	"title" text NOT NULL,
	"reason" text NOT NULL,
	"state" text NOT NULL,
	"first_seen" timestamp (3) with time zone NOT NULL,
	"last_seen" timestamp (3) with time zone NOT NULL,
	"last_verified" timestamp (3) with time zone NOT NULL,
	"last_scan" text,
	"last_scan_started_at" timestamp (3) with time zone,
	"rule" text NOT NULL,
	"muted_by" text,
	"suppression" text,
	CONSTRAINT "finding_organization_id_id_pk" PRIMARY KEY("organization_id","id")
);
--> statement-breakpoint
CREATE TABLE "finding_transition" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"finding" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"from_state" text,
	"to_state" text NOT NULL,
	"cause" text NOT NULL,
	"actor" text NOT NULL,
	"disposition" text,
	"scan" text
);
--> statement-breakpoint
CREATE TABLE "scope_judged" (
	"organization_id" text NOT NULL,
	"scan" text NOT NULL,
	"account" text NOT NULL,
	"region" text NOT NULL,
	"judged_at" timestamp (3) with time zone NOT NULL,
	"scan_started_at" timestamp (3) with time zone NOT NULL,
	"rules" jsonb NOT NULL,
	CONSTRAINT "scope_judged_scan_account_region_pk" PRIMARY KEY("scan","account","region")
);
--> statement-breakpoint
CREATE TABLE "suppression" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"owner" text NOT NULL,
	"reason" text NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"rule" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"created_by" text NOT NULL,
	"revoked_at" timestamp (3) with time zone,
	"revoked_by" text
);
--> statement-breakpoint
CREATE TABLE "verdict_count" (
	"organization_id" text NOT NULL,
	"scan" text NOT NULL,
	"account" text NOT NULL,
	"region" text NOT NULL,
	"check_id" text NOT NULL,
	"severity" text NOT NULL,
	"pass" integer NOT NULL,
	"fail" integer NOT NULL,
	"not_applicable" integer NOT NULL,
	"manual" integer NOT NULL,
	"unknown" integer NOT NULL,
	"complete" boolean NOT NULL,
	CONSTRAINT "verdict_count_scan_account_region_check_id_pk" PRIMARY KEY("scan","account","region","check_id")
);
--> statement-breakpoint
CREATE TABLE "gap" (
	"organization_id" text NOT NULL,
	"scan" text NOT NULL,
	"account" text NOT NULL,
	"region" text NOT NULL,
	"collector" text NOT NULL,
	"service" text NOT NULL,
	"action" text NOT NULL,
	"reason" text NOT NULL,
	"detail" text NOT NULL,
	CONSTRAINT "gap_scan_account_region_collector_action_reason_pk" PRIMARY KEY("scan","account","region","collector","action","reason")
);
--> statement-breakpoint
CREATE TABLE "manifest" (
	"organization_id" text NOT NULL,
	"scan" text NOT NULL,
	"account" text NOT NULL,
	"region" text NOT NULL,
	"collector" text NOT NULL,
	"hashes" text[] NOT NULL,
	CONSTRAINT "manifest_scan_account_region_collector_pk" PRIMARY KEY("scan","account","region","collector")
);
--> statement-breakpoint
CREATE TABLE "resource" (
	"organization_id" text NOT NULL,
	"account" text NOT NULL,
	"region" text NOT NULL,
	"type" text NOT NULL,
	"arn" text NOT NULL,
	"hash" text NOT NULL,
	"scan" text NOT NULL,
	"collected_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "resource_organization_id_account_region_type_arn_pk" PRIMARY KEY("organization_id","account","region","type","arn")
);
--> statement-breakpoint
CREATE TABLE "resource_version" (
	"organization_id" text NOT NULL,
	"hash" text NOT NULL,
	"type" text NOT NULL,
	"arn" text NOT NULL,
	"account" text NOT NULL,
	"region" text NOT NULL,
	"name" text NOT NULL,
	"tags" jsonb NOT NULL,
	"config" jsonb NOT NULL,
	"first_collected_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "resource_version_organization_id_hash_pk" PRIMARY KEY("organization_id","hash")
);
--> statement-breakpoint
CREATE TABLE "account" (
	"organization_id" text NOT NULL,
	"id" text NOT NULL,
	"name" text NOT NULL,
	"email" text NOT NULL,
	"status" text NOT NULL,
	"ou_path" text NOT NULL,
	"ou_ids" text[] NOT NULL,
	"joined_at" text NOT NULL,
	"tags" jsonb NOT NULL,
	"context" jsonb NOT NULL,
	"is_management" boolean NOT NULL,
	"first_seen" timestamp (3) with time zone NOT NULL,
	"last_seen" timestamp (3) with time zone NOT NULL,
	"left_at" timestamp (3) with time zone,
	CONSTRAINT "account_organization_id_id_pk" PRIMARY KEY("organization_id","id")
);
--> statement-breakpoint
CREATE TABLE "account_event" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"account" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"kind" text NOT NULL,
	"before" jsonb,
	"after" jsonb,
	"scan" text
);
--> statement-breakpoint
CREATE TABLE "external_id" (
	"organization_id" text NOT NULL,
	"account" text NOT NULL,
	"external_id" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "external_id_organization_id_account_pk" PRIMARY KEY("organization_id","account")
);
--> statement-breakpoint
CREATE TABLE "organization" (
	"id" text PRIMARY KEY NOT NULL,
	"partition" text NOT NULL,
	"management_account" jsonb NOT NULL,
	"reachable" boolean NOT NULL,
	"root_id" text NOT NULL,
	"simulated" boolean NOT NULL,
	"discovered_at" timestamp (3) with time zone NOT NULL,
	"detail" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "relationship" (
	"organization_id" text NOT NULL,
	"from_account" text NOT NULL,
	"to_account" text NOT NULL,
	"kind" text NOT NULL,
	"evidence_hash" text NOT NULL,
	"evidence" jsonb NOT NULL,
	"scan" text NOT NULL,
	"seen_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "relationship_organization_id_from_account_to_account_kind_evidence_hash_pk" PRIMARY KEY("organization_id","from_account","to_account","kind","evidence_hash")
);
--> statement-breakpoint
CREATE TABLE "meta" (
	"key" text PRIMARY KEY NOT NULL,
	"value" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "scan" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"finished_at" timestamp (3) with time zone,
	"status" text NOT NULL,
	"simulated" boolean NOT NULL,
	"options" jsonb NOT NULL,
	"catalogue_version" text NOT NULL,
	"program_version" text NOT NULL,
	"api_calls" bigint DEFAULT 0 NOT NULL,
	"summary" jsonb
);
--> statement-breakpoint
CREATE TABLE "scan_account" (
	"organization_id" text NOT NULL,
	"scan" text NOT NULL,
	"account" text NOT NULL,
	"status" text NOT NULL,
	"detail" jsonb,
	"regions" text[] DEFAULT '{}' NOT NULL,
	"score" double precision,
	"coverage" double precision,
	"pairs" jsonb,
	"fence" bigint DEFAULT 0 NOT NULL,
	"started_at" timestamp (3) with time zone,
	"finished_at" timestamp (3) with time zone,
	CONSTRAINT "scan_account_scan_account_pk" PRIMARY KEY("scan","account")
);
--> statement-breakpoint
CREATE TABLE "unit" (
	"organization_id" text NOT NULL,
	"scan" text NOT NULL,
	"account" text NOT NULL,
	"region" text NOT NULL,
	"collector" text NOT NULL,
	"status" text NOT NULL,
	"cursor" text,
	"attempts" integer DEFAULT 0 NOT NULL,
	"resources" integer DEFAULT 0 NOT NULL,
	"calls" integer DEFAULT 0 NOT NULL,
	"finished_at" timestamp (3) with time zone,
	CONSTRAINT "unit_scan_account_region_collector_pk" PRIMARY KEY("scan","account","region","collector")
);
--> statement-breakpoint
CREATE INDEX "finding_state" ON "finding" USING btree ("organization_id","state","severity");--> statement-breakpoint
CREATE INDEX "finding_scope" ON "finding" USING btree ("organization_id","account","scope_region");--> statement-breakpoint
CREATE INDEX "finding_check" ON "finding" USING btree ("organization_id","check_id");--> statement-breakpoint
CREATE INDEX "finding_page" ON "finding" USING btree ("organization_id","last_seen","id");--> statement-breakpoint
CREATE UNIQUE INDEX "finding_transition_once" ON "finding_transition" USING btree ("organization_id","finding","scan","cause");--> statement-breakpoint
CREATE INDEX "finding_transition_scan" ON "finding_transition" USING btree ("organization_id","scan","to_state");--> statement-breakpoint
CREATE INDEX "scope_judged_scope" ON "scope_judged" USING btree ("organization_id","account","region","scan_started_at");--> statement-breakpoint
CREATE INDEX "suppression_organization" ON "suppression" USING btree ("organization_id","expires_at");--> statement-breakpoint
CREATE INDEX "verdict_count_account" ON "verdict_count" USING btree ("organization_id","account","scan");--> statement-breakpoint
CREATE INDEX "resource_type" ON "resource" USING btree ("organization_id","type");--> statement-breakpoint
CREATE INDEX "resource_arn" ON "resource" USING btree ("organization_id","arn");--> statement-breakpoint
CREATE INDEX "account_event_account" ON "account_event" USING btree ("organization_id","account","id");--> statement-breakpoint
CREATE INDEX "scan_started" ON "scan" USING btree ("organization_id","started_at");--> statement-breakpoint
CREATE INDEX "scan_account_account" ON "scan_account" USING btree ("organization_id","account");