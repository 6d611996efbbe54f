"""How messages to webhooks are signed."""

from uncaged.web.v1.signing import Message, signed


def test_the_signature_is_that_of_standard_webhooks() -> None:
    """The example of the specification's own libraries (standard-webhooks, test of sign)."""
    key = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    message = Message("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, b'{"test": 2432232314}')
    found = signed(message, [key, "plain"])
    first, second = found["webhook-signature"].split(" ")
    assert first == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
    assert second.startswith("v1,") and second != first
    assert (found["webhook-id"], found["webhook-timestamp"]) == (message.id, "1614265330")
