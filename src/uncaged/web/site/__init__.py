"""What is shown to everybody as a static site: plain files that any web host serves, or none at all."""
