//! Hardware that makes every choice at once.

use nevado::machine::HardwareSetting;

/// Every option that hardware can ask for, though no machine has them all.
pub(crate) fn every_setting() -> [HardwareSetting; 12] {
    use HardwareSetting as Setting;
    [
        Setting::IntelMicrocode,
        Setting::AmdMicrocode,
        Setting::IntelNpu,
        Setting::Intel2200BgFirmware,
        Setting::Intel3945AbgFirmware,
        Setting::Fingerprint,
        Setting::BroadcomSta,
        Setting::VirtualBoxGuest,
        Setting::VmwareGuest,
        Setting::HypervGuest,
        Setting::ParallelsGuest,
        Setting::NspawnContainer,
    ]
}
