//! Probing: from the running system, or a recorded one, to a [`Machine`].
//!
//! Everything is read from `/sys`, `/proc`, udev's records and the tables on the disks; nothing is
//! written. It works without root, which is needed only to read tables and superblocks directly;
//! without it the kernel and udev are asked what they found there.

mod disks;
mod firmware;
mod medium;
mod peripherals;
pub(crate) mod processor;
mod roots;
pub(crate) mod sysfs;
mod tools;
mod udev;
mod virtualization;
mod watch;

pub use roots::Roots;
pub use tools::{Here, measure, measure_all};
pub use watch::watch_disks;

use super::{FORMAT, Fact, Machine, scan};

/// Everything that can be found out about a computer. What can't is [`Fact::Unknown`].
pub fn probe(roots: &Roots) -> Machine {
    let architecture = processor::architecture(roots);
    let processor = Fact::from_result(processor::processor(roots));
    let virtualization = Fact::from_result(virtualization::virtualization(roots));
    let mut hardware = scan::scan(roots, &processor, &virtualization);
    let disks = disks::disks(roots).map(|(disks, left_out)| {
        hardware.unknown.extend(left_out);
        disks
    });
    Machine {
        format: FORMAT,
        product: Fact::from_result(firmware::product(roots)),
        architecture,
        firmware: Fact::from_result(firmware::firmware(roots, architecture)),
        tpm2: Fact::from_result(firmware::tpm2(roots)),
        processor,
        memory: Fact::from_result(processor::memory(roots)),
        virtualization,
        power: Fact::from_result(peripherals::power(roots)),
        graphics: Fact::from_result(peripherals::graphics(roots)),
        network: Fact::from_result(peripherals::network(roots)),
        disks: Fact::from_result(disks),
        hardware,
        medium: medium::medium(roots),
    }
}
