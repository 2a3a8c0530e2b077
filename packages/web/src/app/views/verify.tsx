export const VerifyView = () => <p>Verify</p>;
