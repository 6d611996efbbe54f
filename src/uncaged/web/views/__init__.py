"""The view records: what each page shows, as a program gets it. OpenAPI is made from them."""
