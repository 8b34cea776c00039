"""Running the application in several processes; docs/deploy.md says when and how."""
