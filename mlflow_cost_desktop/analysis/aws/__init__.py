"""What of questions only AWS answers: its commitments, and what usually comes with its services."""
