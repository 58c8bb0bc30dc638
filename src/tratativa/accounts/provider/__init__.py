"""The provider of sign-ins a site names (OpenID Connect): asked, its word checked, whom that word lets in (ADR 81)."""
