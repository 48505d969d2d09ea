"""Plan the visits of mobile e-KTP recording teams to schools."""
